import { LAB } from "../../config/paths.ts";
import type { ProbedLab } from "../../drift/probe-lab.ts";
import type { ObservedNode } from "../../engine/observed.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import { reconcileCommand, type Target } from "../../engine/target.ts";
import { stillStarting } from "../../run/after-restore.ts";
import type { CliCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { hasDrifted } from "../display/differences.ts";
import { statusLines } from "../display/status.ts";
import { styleFor } from "../display/style.ts";
import { beyondTarget } from "../display/target.ts";
import { writeJson } from "../json.ts";
import { type ServiceStatus, servicesOf } from "../services.ts";
import { openStack } from "../stack.ts";

/** A node, what is known of it, and whether it answers. */
export interface NodeStatus extends Pick<ObservedNode, "name" | "roles" | "addresses" | "facts"> {
  readonly reachable: boolean;
}

export const status: CliCommand = {
  name: "status",
  summary: "nodes, services, steps done, how long each took, and whether they still hold",
  options: [["--quick", "what the state says alone: nobody looks whether it still holds"]],
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation);
    const { name, config } = stack;
    const observed = await stack.state();
    if (!observed.exists) {
      if (options.json)
        writeJson(context.stdout, { type: "stack", stack: name, lab: config.lab, exists: false });
      else context.stdout.write(`${name} is not built: ${LAB} up builds it.\n`);
      return 0;
    }
    const current = await stack.current();
    const { steps: course, done, wanted } = current;
    const looking = options.quick ? { steps: [], unreachable: [] } : context.lab.probe(current);
    const [looked, ...nodes] = await Promise.all([
      looking,
      ...observed.nodes.map((node) => look(context, node)),
    ]);
    const services = servicesOf(course, observed, looked);
    const complete =
      [...wanted].every((name) => done.has(name)) &&
      nodes.every((node) => node.reachable) &&
      !hasDrifted(looked);
    if (options.json) writeAll(context, name, current.config.lab, observed.target, nodes, services);
    else {
      const style = styleFor(context.stdout, context.env);
      const drifted = looked.steps.filter(({ status }) => status === "drifted");
      const names = drifted.map(({ planned }) => planned.name);
      const mended = reconcileCommand(observed.target, course, names);
      const lines = [
        ...statusLines(name, current.config.lab, mended, nodes, services, style, context.stdout.columns),
        ...behindLines(looked, drifted.length),
        ...targetLines(current, looked),
      ];
      context.stdout.write(`${lines.join("\n")}\n`);
    }
    return complete ? 0 : 1;
  },
};

/** What does not hold and may be somebody else's fault; of nodes that do not answer the table tells. */
function behindLines({ steps }: ProbedLab, drifted: number): string[] {
  const behind = steps.filter(({ status }) => status === "blocked").length;
  if (behind === 0) return [];
  const what = `${behind} ${drifted > 0 ? "more " : ""}cannot be judged yet: nobody could see them, or a step before them is the reason.`;
  return ["", `${what} ${LAB} preview shows them.`];
}

/** What is not as it will be, on purpose. */
function targetLines(current: CurrentStack, looked: ProbedLab): string[] {
  const starting = hasDrifted(looked) ? stillStarting(current.state.target) : undefined;
  const later = beyondTarget(current);
  return [...(starting === undefined ? [] : ["", starting]), ...(later === undefined ? [] : ["", later])];
}

async function look(
  { lab }: Context,
  { name, roles, addresses, facts, connection }: ObservedNode,
): Promise<NodeStatus> {
  const impatient = { ...connection, dialErrorLimit: 0, perDialTimeout: 4 };
  const signal = AbortSignal.timeout(10_000);
  const reachable = await lab.exec(impatient, { command: "true", idempotent: true, signal }).then(
    ({ code }) => code === 0,
    () => false,
  );
  return { name, roles, addresses, facts, reachable };
}

function writeAll(
  { stdout }: Context,
  stack: string,
  lab: string,
  target: Target | undefined,
  nodes: readonly NodeStatus[],
  services: readonly ServiceStatus[],
): void {
  writeJson(stdout, {
    type: "stack",
    stack,
    lab,
    exists: true,
    ...(target === undefined ? {} : { goal: target }),
  });
  for (const node of nodes) writeJson(stdout, { type: "node", ...node });
  for (const { steps, ...service } of services) {
    writeJson(stdout, { type: "service", ...service });
    for (const { done, drift, ...step } of steps) {
      const { seconds, at } = done ?? {};
      writeJson(stdout, {
        type: "step",
        service: service.service,
        ...step,
        done: done !== undefined,
        ...(drift === undefined ? {} : { drift }),
        seconds,
        at,
      });
    }
  }
}
