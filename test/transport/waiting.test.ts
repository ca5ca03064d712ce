import { describe, expect, it } from "vitest";
import { abortable, Slots } from "../../src/transport/waiting.ts";

/** A promise and what settles it. */
function open(): { promise: Promise<void>; done: () => void } {
  let done = () => {};
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("Slots", () => {
  it("lets a limited number work at once, and the others in their order", async () => {
    const slots = new Slots(2);
    const gates = [open(), open(), open(), open()];
    const entered: number[] = [];
    const all = gates.map((gate, index) =>
      slots.use(undefined, () => {
        entered.push(index);
        return gate.promise;
      }),
    );
    await turn();
    expect(entered).toEqual([0, 1]);
    gates[1]?.done();
    await turn();
    expect(entered).toEqual([0, 1, 2]);
    for (const gate of gates) gate.done();
    await Promise.all(all);
    expect(entered).toEqual([0, 1, 2, 3]);
  });

  it("gives the slot of a caller that fails or is aborted to the next", async () => {
    const slots = new Slots(1);
    const gate = open();
    const first = slots.use(undefined, () => gate.promise.then(() => Promise.reject(new Error("no"))));
    const cancel = new AbortController();
    const second = slots.use(cancel.signal, async () => "second");
    const third = slots.use(undefined, async () => "third");
    cancel.abort(new Error("cancelled"));
    gate.done();
    await expect(first).rejects.toThrow("no");
    await expect(second).rejects.toThrow("cancelled");
    expect(await third).toBe("third");
    expect(await slots.use(undefined, async () => "fourth")).toBe("fourth");
  });
});

it("Slots let fewer in after their limit was lowered, and at least one", async () => {
  const slots = new Slots(3);
  slots.lower(0);
  slots.lower(2);
  let [running, most] = [0, 0];
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await turn();
    running -= 1;
  };
  await Promise.all([1, 2, 3].map(() => slots.use(undefined, work)));
  expect(most).toBe(1);
});

describe("Slots and a signal", () => {
  it("rejects a waiting caller at once when aborted, and never does its work", async () => {
    const slots = new Slots(1);
    const gate = open();
    const first = slots.use(undefined, () => gate.promise);
    const cancel = new AbortController();
    let worked = false;
    const second = slots.use(cancel.signal, async () => {
      worked = true;
    });
    cancel.abort(new Error("cancelled"));
    await expect(second).rejects.toThrow("cancelled");
    gate.done();
    await first;
    await turn();
    expect(worked).toBe(false);
  });

  it("lets work that has begun come to its end", async () => {
    const slots = new Slots(1);
    const gate = open();
    const cancel = new AbortController();
    const work = slots.use(cancel.signal, () => gate.promise.then(() => "done"));
    await turn();
    cancel.abort(new Error("cancelled"));
    gate.done();
    expect(await work).toBe("done");
  });
});

describe("abortable", () => {
  it("resolves or rejects as the work does, or rejects with the signal's reason", async () => {
    expect(await abortable(Promise.resolve(1), new AbortController().signal)).toBe(1);
    const never = new Promise<never>(() => {});
    await expect(abortable(never, AbortSignal.abort(new Error("cancelled")))).rejects.toThrow("cancelled");
  });
});
