import { describe, expect, it } from "vitest";
import { NOTHING_YET, reduce } from "../../../src/cli/views/state.ts";
import type { RunEvent } from "../../../src/run/events.ts";
import { failed, finished, output, plan, started } from "./events.ts";

const stateOf = (...events: RunEvent[]) => events.reduce(reduce, NOTHING_YET);
const names = (state: typeof NOTHING_YET): string[] => state.running.map((item) => item.name);

describe("the state of a run", () => {
  it("knows how many steps there are", () => {
    expect(stateOf(plan(140)).total).toBe(140);
  });

  it("keeps what runs in the order in which it began", () => {
    const state = stateOf(started("a/x@n"), started("b/y@n"), started("c/z@n"), finished("b/y@n", 1));
    expect(names(state)).toEqual(["a/x@n", "c/z@n"]);
  });

  it("counts steps that are done, changed or not, each once", () => {
    const state = stateOf(
      finished("a/x@n", 0, false),
      started("b/y@n"),
      finished("b/y@n", 1),
      finished("b/y@n", 1),
    );
    expect([...state.done]).toEqual(["a/x@n", "b/y@n"]);
  });

  it("does not count as steps what is none", () => {
    const state = stateOf(started("hardware"), finished("hardware", 2));
    expect(state.done.size).toBe(0);
    expect(state.counts.create).toBe(1);
  });

  it("counts by what was done", () => {
    const state = stateOf(
      ...(["create", "update", "replace", "delete"] as const).flatMap((operation) => [
        started(operation, 0, operation),
        finished(operation, 1),
      ]),
      finished("same", 0, false),
      started("bad"),
      failed("bad"),
    );
    expect(state.counts).toEqual({ create: 1, update: 1, replace: 1, delete: 1, unchanged: 1, failed: 1 });
    expect(state.running).toEqual([]);
  });

  it("keeps the last 15 lines of each, and of no other", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n\n`);
    const state = stateOf(...lines.map((text) => output("a/x@n", text)), output("b/y@n", "one\ntwo\n"));
    expect(state.tails["a/x@n"]).toEqual(lines.slice(5).map((text) => text.trim()));
    expect(state.tails["b/y@n"]).toEqual(["one", "two"]);
  });

  it("leaves the state before as it was", () => {
    const before = stateOf(plan(2), started("a/x@n"));
    const copy = structuredClone(before);
    reduce(before, output("a/x@n", "text"));
    reduce(before, finished("a/x@n", 1));
    expect(before).toEqual(copy);
  });
});
