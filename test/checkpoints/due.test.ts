import { describe, expect, test } from "vitest";
import { oneByOne } from "../../src/checkpoints/automatic.ts";
import { type DueCheckpoint, DueCheckpoints } from "../../src/checkpoints/due.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = plannedSteps(CONFIG, LAB);
const done = (name: string, changed = true): RunEvent => ({ type: "done", name, changed, seconds: 1, at: 0 });
type Operation = Extract<RunEvent, { type: "started" }>["operation"];
/** What a run tells of a step: how it is done, if it is done now, and that it is done. */
const told = (name: string, operation?: Operation): RunEvent[] => [
  ...(operation === undefined ? [] : [{ type: "started" as const, name, title: name, operation, at: 0 }]),
  done(name, operation !== undefined),
];
const NAMES = ["base/hosts@control", "base/hosts@one", "base/hosts@two"];
const due = (milestones: DueCheckpoints, steps: readonly RunEvent[][]): (string | undefined)[] =>
  steps.map((events) => events.flatMap((event) => milestones.see(event)?.name ?? [])[0]);

describe("a checkpoint is due", () => {
  test("after the last step of a service on all its nodes", () => {
    const milestones = new DueCheckpoints(course, "service");
    const steps = NAMES.map((name) => told(name, "create"));
    expect(due(milestones, steps)).toEqual([undefined, undefined, "after-base"]);
  });

  test.each(["create", "replace"] as const)("also where most of the service was done before: %s", (how) => {
    const milestones = new DueCheckpoints(course, "service");
    const steps = NAMES.map((name, index) => told(name, index === 0 ? how : undefined));
    expect(due(milestones, steps)).toEqual([undefined, undefined, "after-base"]);
  });

  test.each([undefined, "update"] as const)("not where nothing of it was made now: %s", (how) => {
    const milestones = new DueCheckpoints(course, "service");
    const steps = NAMES.map((name) => told(name, how));
    expect(due(milestones, steps)).toEqual([undefined, undefined, undefined]);
  });

  test("once", () => {
    const milestones = new DueCheckpoints(course, "service");
    const steps = NAMES.map((name) => told(name, "create"));
    due(milestones, steps);
    expect(due(milestones, [told("base/hosts@two", "create")])).toEqual([undefined]);
  });

  test("after each step, where configured; the last step of a service gives the service's name", () => {
    const milestones = new DueCheckpoints(course, "step");
    const names = ["api/install@control", "api/configure@control", "api/start@control", "agent/start@one"];
    const steps = names.map((name) => told(name, "create"));
    expect(due(milestones, steps)).toEqual([
      "after-api/install",
      "after-api/configure",
      "after-api",
      undefined,
    ]);
  });

  test("never, where none are configured", () => {
    const milestones = new DueCheckpoints(course, "none");
    const steps = NAMES.map((name) => told(name, "create"));
    expect(due(milestones, steps)).toEqual([undefined, undefined, undefined]);
  });
});

describe("checkpoints are taken", () => {
  const milestones = {
    see: (event: RunEvent) => ("name" in event ? { name: event.name, with: [] } : undefined),
  };

  test("one after the other; those that become due meanwhile are taken as one", async () => {
    const taken: string[][] = [];
    const told: RunEvent[] = [];
    let go = (): void => {};
    const work = (all: readonly DueCheckpoint[]): Promise<void> => {
      taken.push(all.map(({ name }) => name));
      return new Promise((resolve) => {
        go = resolve;
      });
    };
    const keeper = oneByOne(milestones, work, (event) => told.push(event));
    for (const name of ["a", "b", "c"]) keeper.see(done(name));
    expect(taken).toEqual([["a"]]);
    go();
    await Promise.resolve();
    await new Promise(setImmediate);
    expect(taken).toEqual([["a"], ["b", "c"]]);
    go();
    await keeper.finished();
    expect(told.map((event) => event.type === "checkpoint" && event.name)).toEqual(["a", "b", "c"]);
  });

  test("and one that cannot be taken is an event with the problem", async () => {
    const told: RunEvent[] = [];
    const keeper = oneByOne(
      milestones,
      () => Promise.reject(new Error("no room")),
      (event) => told.push(event),
    );
    keeper.see(done("a"));
    await keeper.finished();
    expect(told).toMatchObject([{ type: "checkpoint", name: "a", problem: "no room" }]);
  });
});
