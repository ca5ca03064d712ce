import { valuesOf } from "../engine/observed-values.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import type { Runner } from "../transport/runner.ts";
import type { Script } from "../transport/types.ts";
import { type HealthBatch, healthBatch } from "./causes.ts";
import type { Cause } from "./types.ts";

/** The question whose causes say nothing new about a node that this machine does not reach either, and nothing at all about one that is not made. */
const NETWORK = "network";

interface HealthScript extends Script {
  readonly batch: HealthBatch;
}

/**
 * Asks all nodes at the same time what hinders them and their services. Changes nothing. A node that does not answer tells nothing.
 * @returns causes in the order of the course
 */
export async function causesIn(stack: ObservedStack, runner: Pick<Runner, "runAll">): Promise<Cause[]> {
  const { config, state } = stack;
  const done = new Set(state.done.map(({ name }) => name));
  const course = plannedSteps(config).filter(({ name }) => done.has(name));
  const nodes = state.nodes.filter(({ name }) => name in config.nodes);
  const work = nodes.map((endpoint) => {
    const own = course.filter(({ node }) => node === endpoint.name);
    const batch = healthBatch(endpoint.name, own, valuesOf(stack, endpoint.name));
    const script = batch && { command: batch.script, limit: "health" as const, batch };
    return { endpoint, scripts: script === undefined ? [] : [script satisfies HealthScript] };
  });
  const reports = await runner.runAll(work, { atOnce: 1 });
  const missing = Object.keys(config.nodes).filter((name) => !nodes.some((node) => node.name === name));
  const gone = [...missing, ...reports.flatMap((one) => (one.unreachable ? [one.endpoint.name] : []))];
  const causes = reports.flatMap(({ outcomes }) =>
    outcomes.flatMap(({ script, outcome }) =>
      "answer" in outcome ? script.batch.causes(outcome.answer) : [],
    ),
  );
  return inOrder(course, causes).filter(
    ({ name, found }) => name !== NETWORK || !gone.some((node) => found.includes(` ${node} `)),
  );
}

function inOrder(course: readonly PlannedStep[], causes: readonly Cause[]): Cause[] {
  const names = course.map(({ name }) => name);
  const rank = ({ step, node }: Cause): number => names.indexOf(`${step}@${node}`);
  return causes.toSorted((a, b) => rank(a) - rank(b));
}
