import { describe, expect, test } from "vitest";
import type { ClassifiedStep, StepStatus } from "../../src/drift/classify.ts";
import type { ProbedLab } from "../../src/drift/probe-lab.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { Reconciler } from "../../src/run/reconcile.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);
const differences = [{ what: "it", expected: "so", seen: "otherwise" }];

/** The course with the status of some steps; all others are in sync. */
function probed(parts: Readonly<Record<string, StepStatus>>): ProbedLab {
  const steps = COURSE.map((planned): ClassifiedStep => {
    const status = parts[planned.name] ?? "in sync";
    return {
      planned,
      status,
      differences: status === "in sync" ? [] : differences,
      done: true,
      changed: false,
    };
  });
  return { steps, unreachable: [] };
}

const about = (name: string): RunEvent => ({ type: "done", name, changed: false, seconds: 0, at: 0 });

/** Runs all rounds. @param seen what each probe finds @returns for each round the steps done again, and the events shown */
async function rounds(...seen: Readonly<Record<string, StepStatus>>[]) {
  const probes = seen.map(probed);
  const told: RunEvent[] = [];
  const around = { emit: (event: RunEvent) => void told.push(event), signal: new AbortController().signal };
  const probe = async () => probes.shift() ?? probed({});
  const reconciler = new Reconciler(probe, around, { between: 1, stable: 5, longest: 50 });
  const done: string[][] = [];
  const shown: string[][] = [];
  await reconciler.rounds(async (isNews) => {
    const marked = await Promise.all(
      COURSE.map(async ({ name }) => ((await reconciler.again(name)) ? [name] : [])),
    );
    done.push(marked.flat());
    shown.push(COURSE.map(({ name }) => name).filter((name) => isNews(about(name))));
  });
  return { done, shown, told };
}

describe("reconciling a lab", () => {
  test("that is in sync takes one round, in which nothing is done again", async () => {
    const { done, shown, told } = await rounds({});
    expect(done).toEqual([[]]);
    expect(shown).toEqual([COURSE.map(({ name }) => name)]);
    expect(told).toEqual([]);
  });

  test("does drifted steps again, restarts pending units, and reports the drift", async () => {
    const { done, told } = await rounds({
      "api/configure@control": "drifted",
      "api/start@control": "restart pending",
    });
    expect(done).toEqual([["api/configure@control", "api/start@control"]]);
    expect(told).not.toContainEqual(expect.objectContaining({ type: "failed" }));
    const place = { name: "api/configure@control", step: "api/configure", node: "control" };
    expect(told).toEqual([{ type: "drift", ...place, differences, at: expect.any(Number) }]);
  });

  test("ends where a blocked step is in sync by itself a little later", async () => {
    const first = { "api/start@control": "drifted", "agent/start@one": "blocked" } as const;
    const { done } = await rounds(first, { "agent/start@one": "drifted" }, {});
    expect(done).toEqual([["api/start@control"]]);
  });

  test("takes another round for a step that still does not hold, with the events of that step alone", async () => {
    const first = { "api/start@control": "drifted", "agent/start@one": "blocked" } as const;
    const still = Array.from({ length: 100 }, (): Readonly<Record<string, StepStatus>> => {
      return { "agent/start@one": "drifted" };
    });
    const { done, shown } = await rounds(first, ...still);
    expect(done).toEqual([["api/start@control"], ["agent/start@one"]]);
    expect(shown[1]).toEqual(["agent/start@one"]);
  });

  test("fails with what differs where a step that was done again still does not hold, and does it no third time", async () => {
    const still = Array.from({ length: 100 }, (): Readonly<Record<string, StepStatus>> => {
      return { "api/start@control": "drifted" };
    });
    const { done, told } = await rounds(...still);
    expect(done).toEqual([["api/start@control"]]);
    const failed = told.filter(({ type }) => type === "failed");
    expect(failed).toEqual([
      expect.objectContaining({
        name: "api/start@control",
        message: expect.stringContaining("it: expected so, found otherwise"),
      }),
    ]);
  });

  test("fails with a step that nobody could probe", async () => {
    const still = Array.from({ length: 100 }, (): Readonly<Record<string, StepStatus>> => {
      return { "agent/start@one": "blocked" };
    });
    const { done, told } = await rounds(...still);
    expect(done).toEqual([[]]);
    expect(told).toContainEqual(expect.objectContaining({ type: "failed", name: "agent/start@one" }));
  });

  test("gives each round its own token", async () => {
    const around = { emit: () => {}, signal: new AbortController().signal };
    const reconciler = new Reconciler(async () => probed({ "api/start@control": "drifted" }), around);
    const [one, other] = [
      await reconciler.again("api/start@control"),
      await reconciler.again("api/install@control"),
    ];
    expect(one).toMatch(/^\d{4}-.* 1$/);
    expect(other).toBeUndefined();
  });

  test("names the nodes that could not be probed", async () => {
    const told: RunEvent[] = [];
    const around = { emit: (event: RunEvent) => void told.push(event), signal: new AbortController().signal };
    const away = { steps: [], unreachable: [{ node: "one", why: "no route to host" }] };
    await new Reconciler(async () => away, around).rounds(async () => {});
    const text = expect.stringContaining("one cannot be reached");
    expect(told).toEqual([{ type: "found", text, at: expect.any(Number) }]);
  });
});

describe("the first probe", () => {
  const around = { emit: () => {}, signal: new AbortController().signal };
  const inSync = (probe: () => Promise<ProbedLab>): Promise<boolean> =>
    new Reconciler(probe, around).inSync(COURSE);

  test("all steps are in sync", async () => {
    expect(await inSync(async () => probed({}))).toBe(true);
  });

  test.each(["drifted", "blocked", "changed", "new"] as const)("a step is %s", async (status) => {
    expect(await inSync(async () => probed({ "api/start@control": status }))).toBe(false);
  });

  test("a step is missing, because its node did not answer", async () => {
    const { steps } = probed({});
    expect(await inSync(async () => ({ steps: steps.slice(1), unreachable: [] }))).toBe(false);
  });

  test("the probe failed", async () => {
    expect(await inSync(async () => Promise.reject(new Error("no state")))).toBe(false);
  });
});
