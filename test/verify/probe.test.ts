import { expect, test } from "vitest";
import { classify } from "../../src/drift/classify.ts";
import type { ProbedLab } from "../../src/drift/probe-lab.ts";
import { NOTHING } from "../../src/engine/stack.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { VerifyOptions } from "../../src/verify/index.ts";
import { probeWithChecks } from "../../src/verify/probe.ts";
import type { CheckResult } from "../../src/verify/results.ts";

const config = parseStackConfig("test", { lab: "lab001" });
const stack = { name: "test", config, state: NOTHING };
const drift = { what: "it", expected: "so", seen: "otherwise" };

/** All steps are done. @param broken names of the planned steps whose probe finds something */
function probed(...broken: string[]): ProbedLab {
  const steps = plannedSteps(config).map((planned) => {
    const differences = broken.includes(planned.name) ? [drift] : [];
    return { planned, differences, done: true, changed: false };
  });
  return { steps: classify(steps), unreachable: [] };
}

const result = (ok: boolean): CheckResult => {
  const place = { check: "nova/start:services-up", step: "nova/start", node: "control" };
  return { ...place, ok, expected: "up", seen: "down", seconds: 1 };
};

/** @param rounds what each run of the checks answers */
async function ask(lab: ProbedLab, ...rounds: CheckResult[][]) {
  const asked: VerifyOptions[] = [];
  const found = await probeWithChecks(
    stack,
    {},
    {
      probe: async () => lab,
      verify: async (_, options = {}) => {
        asked.push(options);
        return rounds.shift() ?? [];
      },
    },
  );
  const broken = found.steps.filter(({ status }) => status !== "in sync");
  return { asked, broken: broken.map(({ planned, status }) => `${planned.name} ${status}`) };
}

test("a lab whose checks are ok is in sync, and they run once", async () => {
  const { asked, broken } = await ask(probed(), [result(true)]);
  expect(broken).toEqual([]);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ addedOnly: true, only: expect.arrayContaining(["nova/start"]) });
});

test("a step whose check fails twice has drifted", async () => {
  const { asked, broken } = await ask(probed(), [result(false)], [result(false)]);
  expect(broken).toContain("nova/start@control drifted");
  expect(asked[1]?.only).toEqual(["nova/start"]);
});

test("a check that is ok the second time is no drift", async () => {
  expect((await ask(probed(), [result(false)], [result(true)])).broken).toEqual([]);
});

test("where a probe finds something the checks are not run", async () => {
  const { asked, broken } = await ask(probed("mariadb/start@control"), [result(false)], [result(false)]);
  expect(broken).toEqual(["mariadb/start@control drifted"]);
  expect(asked).toEqual([]);
});
