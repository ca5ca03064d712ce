import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { type Answer, InteractiveRound, type Question } from "../../src/run/interactive.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = inOrder(plannedSteps(CONFIG, LAB));
const done = (name: string): RunEvent => ({ type: "done", name, changed: true, seconds: 1, at: 0 });

/** A round in which every step that may be done is done at once. */
async function interactive(planned: readonly string[], answers: readonly Answer[]) {
  const asked: Question[] = [];
  const did: string[] = [];
  let stopped = false;
  const left = [...answers];
  const round = new InteractiveRound(
    { name: "s", config: CONFIG },
    course,
    new Map(planned.map((name) => [name, "create"])),
    async (question) => {
      asked.push(question);
      return left.shift() ?? "stop";
    },
    () => {
      stopped = true;
    },
  );
  round.see(done("facts@control"));
  await Promise.race([
    (async () => {
      for (const planned of course) {
        if (!(await round.may(planned))) continue;
        did.push(planned.name);
        round.see(done(planned.name));
      }
    })(),
    new Promise<void>((resolve) => {
      const look = (): void => (stopped ? resolve() : void setImmediate(look));
      look();
    }),
  ]);
  return { asked, did, stopped, round };
}

const PLANNED = ["api/configure@control", "api/start@control", "agent/register@control"];

describe("asked before each step", () => {
  test("that changes, in order; the others are just declared", async () => {
    const { asked, did, stopped } = await interactive(PLANNED, ["yes", "yes", "yes"]);
    expect(asked.map(({ planned, number, of }) => [planned.name, number, of])).toEqual(
      PLANNED.map((name, index) => [name, index + 1, 3]),
    );
    expect(did).toEqual(course.map(({ name }) => name));
    expect(stopped).toBe(false);
  });

  test("with the commands, secrets masked", async () => {
    const { asked } = await interactive(PLANNED, ["yes"]);
    expect(asked[0]?.commands.join("\n")).toContain("mysql://api:********@10.1.0.11/api");
  });

  test("a no stops before the step: nothing after it is declared", async () => {
    const { did, stopped, round } = await interactive(PLANNED, ["yes", "stop"]);
    expect(did.at(-1)).toBe("api/configure@control");
    expect({ stopped, before: round.stoppedBefore }).toEqual({ stopped: true, before: "api/start@control" });
  });

  test("only a step without dependents may be skipped", async () => {
    const { asked, did, round } = await interactive(PLANNED, ["yes", "yes", "skip"]);
    expect(asked.map(({ skippable }) => skippable)).toEqual([false, false, true]);
    expect(did).not.toContain("agent/register@control");
    expect(round.skipped).toEqual(["agent/register@control"]);
  });

  test("the next question comes when the allowed steps are done", async () => {
    const asked: string[] = [];
    const round = new InteractiveRound(
      { name: "s", config: CONFIG },
      course,
      new Map(PLANNED.map((name) => [name, "create"])),
      async ({ planned }) => {
        asked.push(planned.name);
        return "yes";
      },
      () => {},
    );
    const [configure, start] = PLANNED.map((name) => course.find((item) => item.name === name));
    if (configure === undefined || start === undefined) throw new Error("no such step");
    const first = round.may(configure);
    await Promise.resolve();
    expect(asked).toEqual([]);
    round.see(done("facts@control"));
    await first;
    const second = round.may(start);
    await Promise.resolve();
    expect(asked).toEqual(["api/configure@control"]);
    round.see(done("api/configure@control"));
    await second;
    expect(asked).toEqual(["api/configure@control", "api/start@control"]);
  });
});
