import { describe, expect, test } from "vitest";
import { judged, type SeenStep, type Standing } from "../../src/drift/classify.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = plannedSteps(CONFIG, LAB);
const DIFFERENCE = { what: "it", expected: "so", seen: "otherwise" };

/** The course as it is seen; of what is not named all holds. */
function seen(parts: Readonly<Record<string, Partial<SeenStep>>>): Record<string, Standing> {
  const steps = COURSE.map((planned): SeenStep => {
    return { planned, differences: [], done: true, changed: false, ...parts[planned.name] };
  });
  const found = judged(steps).filter(({ standing }) => standing !== "holds");
  return Object.fromEntries(found.map(({ planned, standing }) => [planned.name, standing]));
}

const differs = { differences: [DIFFERENCE] };

describe("what is thought of the steps of a standing lab", () => {
  test("all hold", () => {
    expect(seen({})).toEqual({});
  });

  test("a unit that was stopped has drifted, and nothing else is to be done", () => {
    expect(seen({ "agent/start@one": differs })).toEqual({ "agent/start@one": "drift" });
  });

  test("what comes after a drift and does not hold either is looked at again", () => {
    expect(seen({ "api/start@control": differs, "agent/start@one": differs })).toEqual({
      "api/start@control": "drift",
      "agent/start@one": "behind",
    });
  });

  test("at any distance, and however many of those between hold", () => {
    expect(seen({ "api/start@control": differs, "agent/register@control": differs })).toEqual({
      "api/start@control": "drift",
      "agent/register@control": "behind",
    });
  });

  test("what lies on the node itself has drifted whatever comes before it", () => {
    expect(seen({ "api/install@control": differs, "api/configure@control": differs })).toEqual({
      "api/install@control": "drift",
      "api/configure@control": "drift",
      "api/start@control": "follows",
    });
  });

  test("a unit follows what it reads, on its own node", () => {
    expect(seen({ "agent/install@one": differs })).toEqual({
      "agent/install@one": "drift",
      "agent/start@one": "follows",
    });
  });

  test("a unit that is down and reads what has drifted is started with that", () => {
    expect(seen({ "api/configure@control": differs, "api/start@control": differs })).toEqual({
      "api/configure@control": "drift",
      "api/start@control": "follows",
    });
  });

  test("what nobody could see has not drifted, and may be why others fail", () => {
    const unseen = { differences: [{ ...DIFFERENCE, unseen: true as const }] };
    expect(seen({ "api/install@control": unseen, "api/start@control": differs })).toEqual({
      "api/install@control": "behind",
      "api/start@control": "behind",
    });
  });

  test("a change of the course is no drift", () => {
    expect(seen({ "api/configure@control": { ...differs, changed: true } })).toEqual({
      "api/configure@control": "changed",
    });
  });

  test("nor is what was never done", () => {
    expect(seen({ "agent/start@two": { ...differs, done: false } })).toEqual({ "agent/start@two": "new" });
  });

  test("an install that another only takes its turn after explains nothing", () => {
    const named = (name: string) => COURSE.filter((planned) => planned.name === name);
    const after = named("api/install@control").map((planned) => ({
      ...planned,
      after: ["agent/install@one"],
    }));
    const turn = after.map((planned) => ({ ...planned, turn: "agent/install@one" }));
    const standing = (installs: typeof COURSE): (Standing | undefined)[] => {
      const course = [...named("agent/install@one"), ...installs, ...named("api/start@control")];
      const all = course.map((planned) => {
        const holds = planned.name === "api/install@control";
        return { planned, done: true, changed: false, differences: holds ? [] : [DIFFERENCE] };
      });
      // What the unit needs is its configuration, which is not looked at here: it needs the install instead.
      const linked = all.map((one) =>
        one.planned.name === "api/start@control"
          ? { ...one, planned: { ...one.planned, after: ["api/install@control"] } }
          : one,
      );
      return judged(linked).map((one) => one.standing);
    };
    expect(standing(after)).toEqual(["drift", "holds", "behind"]);
    expect(standing(turn)).toEqual(["drift", "holds", "drift"]);
  });
});
