import { describe, expect, test } from "vitest";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { LabEvent } from "../../src/run/events.ts";
import { type Answer, type Question, Walk } from "../../src/run/interactive.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const course = inOrder(plannedSteps(CONFIG, LAB));
const done = (name: string): LabEvent => ({ type: "done", name, changed: true, seconds: 1, at: 0 });

/** A walk in which everything that may be done is done at once. */
async function walked(planned: readonly string[], answers: readonly Answer[]) {
  const asked: Question[] = [];
  const did: string[] = [];
  let stopped = false;
  const left = [...answers];
  const walk = new Walk(
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
  walk.see(done("facts@control"));
  await Promise.race([
    (async () => {
      for (const planned of course) {
        if (!(await walk.may(planned))) continue;
        did.push(planned.name);
        walk.see(done(planned.name));
      }
    })(),
    new Promise<void>((resolve) => {
      const look = (): void => (stopped ? resolve() : void setImmediate(look));
      look();
    }),
  ]);
  return { asked, did, stopped, walk };
}

const PLANNED = ["api/configure@control", "api/start@control", "agent/register@control"];

describe("asked before each step", () => {
  test("that is to be done, in order; the others are just declared", async () => {
    const { asked, did, stopped } = await walked(PLANNED, ["yes", "yes", "yes"]);
    expect(asked.map(({ planned, number, of }) => [planned.name, number, of])).toEqual(
      PLANNED.map((name, index) => [name, index + 1, 3]),
    );
    expect(did).toEqual(course.map(({ name }) => name));
    expect(stopped).toBe(false);
  });

  test("with the commands, secrets masked", async () => {
    const { asked } = await walked(PLANNED, ["yes"]);
    expect(asked[0]?.commands.join("\n")).toContain("mysql://api:********@10.1.0.11/api");
  });

  test("a no stops before the step: nothing behind it is declared", async () => {
    const { did, stopped, walk } = await walked(PLANNED, ["yes", "stop"]);
    expect(did.at(-1)).toBe("api/configure@control");
    expect({ stopped, before: walk.stoppedBefore }).toEqual({ stopped: true, before: "api/start@control" });
  });

  test("only what no other step needs may be skipped", async () => {
    const { asked, did, walk } = await walked(PLANNED, ["yes", "yes", "skip"]);
    expect(asked.map(({ skippable }) => skippable)).toEqual([false, false, true]);
    expect(did).not.toContain("agent/register@control");
    expect(walk.skipped).toEqual(["agent/register@control"]);
  });

  test("nobody is asked before what was allowed is done", async () => {
    const asked: string[] = [];
    const walk = new Walk(
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
    const first = walk.may(configure);
    await Promise.resolve();
    expect(asked).toEqual([]);
    walk.see(done("facts@control"));
    await first;
    const second = walk.may(start);
    await Promise.resolve();
    expect(asked).toEqual(["api/configure@control"]);
    walk.see(done("api/configure@control"));
    await second;
    expect(asked).toEqual(["api/configure@control", "api/start@control"]);
  });
});
