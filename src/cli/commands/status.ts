import type { ProbedLab } from "../../drift/probe-lab.ts";
import type { ObservedNode } from "../../engine/observed.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { openStack } from "../stack.ts";
import type { NodeStatus } from "../views/status.ts";

const NOT_PROBED: ProbedLab = { steps: [], unreachable: [] };

export const status = command({
  name: "status",
  summary: "show nodes and services: what is done, how long it took, and whether it still holds",
  options: [
    ["--steps", "show every step, not only a line for each service"],
    ["--quick", "show only what the state says; nothing is probed"],
  ],
  run: async (invocation) => {
    const { hasDrifted } = await import("../views/differences.ts");
    const { notBuiltView, statusView } = await import("../views/status.ts");
    const { servicesOf } = await import("../../run/service-status.ts");
    const { context, options } = invocation;
    const stack = await openStack(invocation);
    const { config } = stack;
    const { exists } = await stack.state();
    if (!exists) {
      notBuiltView(invocation, stack.name, config.lab);
      return 0;
    }
    const current = await stack.current();
    const [probed, remarks, ...nodes] = await Promise.all([
      options.quick ? NOT_PROBED : context.lab.readings.probe(current),
      context.lab.nodes.remarks(stack.name, config),
      ...current.state.nodes.map((node) => reached(context, node)),
    ]);
    const services = servicesOf(current, probed);
    statusView(invocation, { current, nodes, remarks, services, probed, steps: options.steps === true });
    const complete =
      [...current.wanted].every((name) => current.done.has(name)) &&
      nodes.every((node) => node.reachable) &&
      !hasDrifted(probed);
    return complete ? 0 : 1;
  },
});

/** Whether a node answers. It gets ten seconds. */
async function reached(
  { lab }: Context,
  { name, roles, addresses, facts, connection }: ObservedNode,
): Promise<NodeStatus> {
  const once = { ...connection, dialErrorLimit: 0, perDialTimeout: 4 };
  const signal = AbortSignal.timeout(10_000);
  const reachable = await lab.nodes.exec(once, { command: "true", idempotent: true, signal }).then(
    ({ code }) => code === 0,
    () => false,
  );
  return { name, roles, addresses, facts, reachable };
}
