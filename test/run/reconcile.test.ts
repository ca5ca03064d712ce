import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, test } from "vitest";
import type { JudgedStep, Standing } from "../../src/drift/classify.ts";
import type { Looked } from "../../src/drift/probe-lab.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { LabEvent } from "../../src/run/events.ts";
import { Mending } from "../../src/run/reconcile.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);
const differences = [{ what: "it", expected: "so", seen: "otherwise" }];

/** The steps of the course with what is thought of them; all others hold. */
function looked(parts: Readonly<Record<string, Standing>>): Looked {
  const steps = COURSE.map((planned): JudgedStep => {
    const standing = parts[planned.name] ?? "holds";
    return {
      planned,
      standing,
      differences: standing === "holds" ? [] : differences,
      done: true,
      changed: false,
    };
  });
  return { steps, unreachable: [] };
}

const about = (name: string): EngineEvent =>
  ({ resOutputsEvent: { metadata: { urn: `urn:pulumi:s::p::t::${name}` } } }) as unknown as EngineEvent;

/** Runs all rounds, with what is seen at each look. @returns for each round what was done again, and what was told */
async function rounds(...seen: Readonly<Record<string, Standing>>[]) {
  const looks = seen.map(looked);
  const told: LabEvent[] = [];
  const around = { onEvent: (event: LabEvent) => told.push(event), signal: new AbortController().signal };
  const look = async () => looks.shift() ?? looked({});
  const mending = new Mending(look, around, { between: 1, steady: 5, longest: 50 });
  const done: string[][] = [];
  const shown: string[][] = [];
  await mending.rounds(async (isNews) => {
    const marked = await Promise.all(
      COURSE.map(async ({ name }) => ((await mending.again(name)) ? [name] : [])),
    );
    done.push(marked.flat());
    shown.push(COURSE.map(({ name }) => name).filter((name) => isNews(about(name))));
  });
  return { done, shown, told };
}

describe("mending a lab", () => {
  test("that is as it should be takes one run, in which nothing is done again", async () => {
    const { done, shown, told } = await rounds({});
    expect(done).toEqual([[]]);
    expect(shown).toEqual([COURSE.map(({ name }) => name)]);
    expect(told).toEqual([]);
  });

  test("does again what has drifted and what follows it, and says so", async () => {
    const { done, told } = await rounds({ "api/configure@control": "drift", "api/start@control": "follows" });
    expect(done).toEqual([["api/configure@control", "api/start@control"]]);
    const place = { name: "api/configure@control", step: "api/configure", node: "control" };
    expect(told).toEqual([{ type: "drift", ...place, differences }]);
  });

  test("is done where what stood behind it holds by itself, a little later", async () => {
    const first = { "api/start@control": "drift", "agent/start@one": "behind" } as const;
    const { done } = await rounds(first, { "agent/start@one": "drift" }, {});
    expect(done).toEqual([["api/start@control"]]);
  });

  test("takes another run for what still does not hold, which tells of that alone", async () => {
    const first = { "api/start@control": "drift", "agent/start@one": "behind" } as const;
    const still = Array.from({ length: 100 }, (): Readonly<Record<string, Standing>> => {
      return { "agent/start@one": "drift" };
    });
    const { done, shown } = await rounds(first, ...still);
    expect(done).toEqual([["api/start@control"], ["agent/start@one"]]);
    expect(shown[1]).toEqual(["agent/start@one"]);
  });

  test("gives each round a mark of its own", async () => {
    const around = { onEvent: () => {}, signal: new AbortController().signal };
    const mending = new Mending(async () => looked({ "api/start@control": "drift" }), around);
    const [one, other] = [
      await mending.again("api/start@control"),
      await mending.again("api/install@control"),
    ];
    expect(one).toMatch(/^\d{4}-.* 1$/);
    expect(other).toBeUndefined();
  });

  test("names the nodes that nobody could look at", async () => {
    const told: LabEvent[] = [];
    const around = { onEvent: (event: LabEvent) => told.push(event), signal: new AbortController().signal };
    const away = { steps: [], unreachable: [{ node: "one", why: "no route to host" }] };
    await new Mending(async () => away, around).rounds(async () => {});
    expect(told).toEqual([{ type: "found", text: expect.stringContaining("one cannot be reached") }]);
  });
});

describe("at the first look", () => {
  const around = { onEvent: () => {}, signal: new AbortController().signal };
  const holds = (look: () => Promise<Looked>): Promise<boolean> => new Mending(look, around).holds(COURSE);

  test("all holds", async () => {
    expect(await holds(async () => looked({}))).toBe(true);
  });

  test.each(["drift", "behind", "changed", "new"] as const)("a step is %s", async (standing) => {
    expect(await holds(async () => looked({ "api/start@control": standing }))).toBe(false);
  });

  test("of a step nothing is said, as its node does not answer", async () => {
    const { steps } = looked({});
    expect(await holds(async () => ({ steps: steps.slice(1), unreachable: [] }))).toBe(false);
  });

  test("nobody could look", async () => {
    expect(await holds(async () => Promise.reject(new Error("no state")))).toBe(false);
  });
});
