import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import type { StackConfig } from "../config/schema.ts";
import { LABS } from "../curriculum/labs.ts";
import type { Lab } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import type { Stack } from "../engine/stack.ts";

/**
 * Refuses a lab that comes before the one that a stack has reached.
 * @param stack with the configuration of the lab that `--lab` asks for
 * @throws UserError (exit code 2)
 */
export async function refuseEarlierLab(stack: Stack): Promise<void> {
  const { name, config } = stack;
  const reached = reachedLab(config, await stack.state());
  if (reached === undefined || reached <= config.lab) return;
  throw new UserError(
    `--lab: found ${config.lab}, but ${name} is at ${reached} already. A lab is continued, not taken back: ` +
      `\`${LAB} down --stack ${name}\`, then \`${LAB} up --stack ${name} --lab ${config.lab}\` builds the shorter one.`,
  );
}

/**
 * How far a stack has come: the last lab of which something exists that no lab before it has, a step that is done or a
 * node. A node that the configuration names as well shows nothing: any lab may have more nodes than it needs.
 * @param config the stack as it is to be
 * @returns the lab's id; undefined when nothing exists
 */
export function reachedLab(
  config: StackConfig,
  { done, nodes }: Pick<Observed, "done" | "nodes">,
  labs: Readonly<Record<string, Lab>> = LABS,
): string | undefined {
  const inOrder = Object.values(labs).sort((a, b) => (a.id < b.id ? -1 : 1));
  const others = nodes.filter(({ name }) => config.nodes[name] === undefined);
  return inOrder.findLast((lab, index) => {
    const before = inOrder.slice(0, index);
    const known = new Set(before.flatMap(stepsOf));
    const own = new Set(stepsOf(lab).filter((id) => !known.has(id)));
    const roles = lab.roles.filter((role) => !before.some((one) => one.roles.includes(role)));
    return (
      done.some(({ step }) => own.has(step)) ||
      others.some((node) => roles.some((role) => node.roles.includes(role)))
    );
  })?.id;
}

const stepsOf = (lab: Lab): string[] =>
  lab.services.flatMap((service) => service.steps.map((step) => step.id));
