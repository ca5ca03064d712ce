import { UserError } from "../../src/config/errors.ts";
import { resolve } from "../../src/curriculum/tokens.ts";
import { valuesOf } from "../../src/engine/observed-values.ts";
import { observe } from "../../src/engine/state.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { type PlannedStep, plannedSteps } from "../../src/plan/planned-steps.ts";
import { runLocal } from "../../src/transport/local.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import type { Drift } from "../../test/drifts/index.ts";
import { runLab } from "../measure/lab.ts";
import { CLOCK } from "./recovery.ts";
import { verify } from "./verify.ts";

/** How a drift was found and reconciled. */
export interface Drifted {
  /** Steps that preview calls drifted: `<step id>@<node>`. */
  readonly named: readonly string[];
  /** Seconds that preview took. */
  readonly preview: number;
  /** Steps that `up` did again. */
  readonly again: readonly string[];
  /** Seconds that `up` took. */
  readonly up: number;
  /** Checks that did not become clean afterwards. */
  readonly failed: readonly string[];
}

/** Milliseconds until all services notice that the drift is gone: agents report to Neutron every half minute. */
const LIMIT = 120_000;

interface Line {
  readonly type: string;
  readonly cause?: string;
  readonly step?: string;
  readonly node?: string;
  readonly name?: string;
  readonly changed?: boolean;
}

/**
 * Makes a clean lab drift in one or several ways at once, and reconciles it.
 * @throws UserError where it cannot be made to drift
 */
export async function driftedBy(stack: string, lab: string, ...drifts: readonly Drift[]): Promise<Drifted> {
  for (const drift of drifts) await breakIt(stack, lab, drift);
  const preview = await runLab<Line>(stack, ["preview"]);
  const named = preview.lines.filter(({ type, cause }) => type === "difference" && cause === "drift");
  const up = await runLab<Line>(stack, ["up"]);
  const done = up.lines.filter(({ type, changed, step }) => type === "done" && changed && step !== undefined);
  const failed = await cleanAfter(stack);
  return {
    named: distinct(named.map(({ step, node }) => `${step}@${node}`)),
    preview: preview.seconds,
    again: distinct(done.map(({ name }) => String(name))),
    up: up.seconds,
    failed: up.code === 0 ? failed : ["up failed", ...failed],
  };
}

/** The expected result: the drifted steps are named, and only they and the units that read what they write are done again. */
export function expectedOf(
  lab: string,
  ...drifts: readonly Drift[]
): Pick<Drifted, "named" | "again" | "failed"> {
  const course = plannedSteps(parseStackConfig("test", { lab }));
  const again = drifts.flatMap(({ step, also }) => {
    const own = course.find(({ name }) => name === step);
    if (own === undefined) throw new Error(`no step ${step} in ${lab}`);
    return [step, ...(also ?? []), ...readersOf(own, course)];
  });
  return { named: distinct(drifts.map(({ step }) => step)), again: distinct(again), failed: [] };
}

/** Whether the result is the expected one. */
export const asExpected = (lab: string, drift: Drift, { named, again, failed }: Drifted): boolean =>
  JSON.stringify({ named, again, failed }) === JSON.stringify(expectedOf(lab, drift));

const readersOf = (own: PlannedStep, course: readonly PlannedStep[]): string[] =>
  course
    .filter(({ node, step }) => node === own.node && step.action.kind === "unit")
    .filter(({ configuration }) => configuration.includes(own.step.action))
    .map(({ name }) => name);

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

async function breakIt(stack: string, lab: string, drift: Drift): Promise<void> {
  const observed = await observe(stack);
  const name = drift.on ?? drift.step.split("@")[1] ?? "";
  const values = valuesOf({ name: stack, config: parseStackConfig(stack, { lab }), state: observed }, name);
  const command = `set -eu\n${resolve(drift.break, values)}`;
  const node = observed.nodes.find((one) => one.name === name);
  const pool = new SshPool();
  try {
    const { code, stderr } = await (node === undefined
      ? runLocal({ command })
      : pool.exec(node.connection, { command }));
    if (code !== 0) throw new UserError(`${drift.title}: ended with ${code}: ${stderr.trim()}`, 1);
  } finally {
    pool.close();
  }
}

/** @returns checks that still fail at the end of the limit */
async function cleanAfter(stack: string): Promise<readonly string[]> {
  const began = CLOCK.now();
  for (;;) {
    const { clean, failed } = await verify(stack);
    if (clean) return [];
    if (CLOCK.now() - began > LIMIT) return failed;
    await CLOCK.sleep(2_000);
  }
}
