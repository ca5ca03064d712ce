import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { CheckResult, Fault } from "../../../src/verify/results.ts";
import { lab, observed, type Parts, step } from "../fake.ts";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const course = [step("keystone/start", "control", "Start it"), step("nova/start", "compute", "Start Nova")];

const result = (name: string, node: string, fault?: Fault): CheckResult => ({
  ...{ check: name, step: name, node, ok: fault === undefined, seconds: 1 },
  ...{ expected: "active", seen: fault === undefined ? "as expected" : "stopped" },
  ...(fault === undefined ? {} : { fault }),
});
const keystone = (fault?: Fault) => result("keystone/start", "control", fault);
const nova = (fault?: Fault) => result("nova/start", "compute", fault);

/** Watches while the rounds see one thing after the other; after the last Ctrl-C is pressed. */
async function watched(rounds: readonly (readonly CheckResult[])[], ...argv: string[]) {
  const asked: (readonly string[] | undefined)[] = [];
  let press = (): void => {};
  let looked = 0;
  let aborted = false;
  const verify: Parts["verify"] = async (_stack, { only, onResult, signal }) => {
    asked.push(only);
    const round = rounds[asked.length - 1];
    if (round === undefined) {
      press();
      aborted = signal?.aborted === true;
      signal?.throwIfAborted();
      return [];
    }
    // A look at everything takes its time.
    if (!only?.some((name) => name.includes("/"))) vi.setSystemTime(Date.now() + 20_000);
    for (const one of round) onResult?.(one);
    return [...round];
  };
  const running = lab(["verify", "--watch", ...argv], {
    lab: {
      plannedSteps: async () => course,
      observe: async () => {
        looked += 1;
        return observed();
      },
      verify,
      rootCauses: async (results) => results.filter(({ ok }) => !ok),
    },
    onReady: (ctrlC) => {
      press = ctrlC;
    },
  });
  let outcome: Awaited<typeof running> | undefined;
  running.then((end) => {
    outcome = end;
  });
  while (outcome === undefined) await vi.advanceTimersByTimeAsync(1_000);
  return { ...outcome, asked, looked, aborted };
}

const lines = (text: string): string[] =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\d\d:\d\d:\d\d {2}/, ""));

it("says what is broken, then only what changes, until Ctrl-C", async () => {
  const { code, stdout, aborted } = await watched([
    [keystone("step"), nova()],
    [keystone("step")],
    [keystone()],
    [keystone(), nova()],
  ]);
  expect(lines(stdout)).toEqual([
    "failed  control  keystone/start",
    "          step:     Start it",
    "          expected: active",
    "          seen:     stopped",
    "          read:     services/keystone.html#start (scripts/lab handbook)",
    "          go back:  scripts/lab redo keystone/start, else scripts/lab up",
    "1 ok, 1 failed",
    "ok      control  keystone/start",
    "2 ok, 0 failed",
  ]);
  expect({ code, aborted }).toEqual({ code: 130, aborted: true });
});

it("checks what is broken in between, and everything when it is fixed", async () => {
  const { asked } = await watched([[keystone("step"), nova()], [keystone()], [keystone(), nova()]]);
  expect(asked.slice(0, 3)).toEqual([[], ["keystone/start"], []]);
});

it("looks at everything as soon as one of what is broken changes", async () => {
  const both = [keystone("step"), nova("step")];
  const { asked } = await watched([both, both, [keystone(), nova("step")], [keystone(), nova()]]);
  const steps = ["keystone/start", "nova/start"];
  expect(asked.slice(0, 4)).toEqual([[], steps, steps, []]);
});

it("reads the state again only when it looks at everything", async () => {
  const { asked, looked } = await watched([[keystone("step"), nova()], [keystone()], [keystone(), nova()]]);
  expect(asked).toHaveLength(4);
  expect(looked).toBe(3);
});

it("watches only what it is asked to", async () => {
  const { asked } = await watched([[keystone()], [keystone()]], "keystone");
  expect(asked).toEqual([["keystone"], ["keystone"], ["keystone"]]);
});

it("does not call broken what is only not done yet", async () => {
  const { stdout } = await watched([[keystone(), nova("not-done")]]);
  expect(lines(stdout)).toEqual(["1 ok, 0 failed, 1 not done yet"]);
});

it("with --json prints what changed and a line a round", async () => {
  const { stdout } = await watched([[keystone(), nova("check")]], "--json");
  const [check, round, ...more] = lines(stdout).map((line) => JSON.parse(line));
  expect(check).toMatchObject({
    ...{ type: "check", check: "nova/start", ok: false, title: "Start Nova", fault: "check" },
    ...{ page: "services/nova.html#start", back: ["scripts/lab redo nova/start", "scripts/lab reset nova"] },
  });
  expect(round).toMatchObject({ type: "round", whole: true, ok: 1, failed: 1, changed: 1 });
  expect(more).toEqual([]);
});

it("ends where there is no lab", async () => {
  const observe = async () => observed({ exists: false });
  const { code, stderr } = await lab(["verify", "--watch"], {
    lab: { plannedSteps: async () => course, observe },
  });
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "lab001-local is not built yet: scripts/lab up builds it.\n",
  });
});
