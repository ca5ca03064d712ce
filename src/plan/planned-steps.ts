import { kindOf } from "../actions/index.ts";
import type { StackConfig } from "../config/schema.ts";
import type { Action } from "../curriculum/actions.ts";
import { LABS } from "../curriculum/labs.ts";
import { type Lab, ROLES, type Step, THIS_MACHINE } from "../curriculum/types.ts";

/** A step on one node: what one Pulumi resource does. */
export interface PlannedStep {
  /** `<step id>@<node>`: the resource's name. */
  readonly name: string;
  readonly step: Step;
  readonly service: string;
  readonly node: string;
  /** Names of the planned steps that must be done before. */
  readonly after: readonly string[];
  /** The one of `after` that is no dependency: the install before it on its node. @default none */
  readonly turn?: string;
  /**
   * What its service configured on this node before this step, and the ini files of other services directly before it. A unit
   * restarts when it changes.
   */
  readonly configuration: readonly Action[];
}

/**
 * The planned steps of a stack's lab, in course order.
 * @throws Error when the course names a step that is not in it (a mistake in the course)
 */
export function plannedSteps(config: StackConfig, lab: Lab | undefined = LABS[config.lab]): PlannedStep[] {
  if (lab === undefined) throw new Error(`curriculum: no lab called ${config.lab}`);
  return oneAtATime(expand(lab, config));
}

function expand(lab: Lab, config: StackConfig): PlannedStep[] {
  const rolesOf = (name: string): readonly string[] => config.nodes[name]?.roles ?? [];
  const nodesOf = ({ role }: Step): string[] => {
    if (role === THIS_MACHINE) return [THIS_MACHINE];
    const roles = role === "all" ? ROLES : [role].flat();
    const nodes = Object.entries(config.nodes);
    return nodes.filter(([, node]) => roles.some((one) => node.roles.includes(one))).map(([name]) => name);
  };
  const byId = new Map(
    lab.services.flatMap((service) => service.steps.map((step) => [step.id, step] as const)),
  );
  const needed = (need: string, node: string, asking: string): string[] => {
    const [id = "", role] = need.split("@");
    const step = byId.get(id);
    if (step === undefined)
      throw new Error(`curriculum: ${asking} comes after ${id}, which is not in ${lab.id}`);
    const alike = nodesOf(step);
    const nodes = role === undefined ? alike : alike.filter((name) => rolesOf(name).includes(role));
    return (nodes.includes(node) ? [node] : nodes).map((name) => `${id}@${name}`);
  };
  return lab.services.flatMap((service) =>
    service.steps.flatMap((step, index) => {
      const above = service.steps[index - 1];
      const ids = step.after ?? (above ? [above.id] : []);
      return nodesOf(step).map((node) => ({
        name: `${step.id}@${node}`,
        step,
        service: service.id,
        node,
        after: [...new Set(ids.flatMap((id) => needed(id, node, step.id)))],
        configuration: [
          ...service.steps.slice(0, index).filter(({ action }) => kindOf(action).configures),
          ...ids.flatMap((id) => byId.get(id) ?? []).filter(isShared(service.id)),
        ]
          .filter((earlier) => nodesOf(earlier).includes(node))
          .map((earlier) => earlier.action),
      }));
    }),
  );
}

const isShared =
  (service: string) =>
  ({ id, action }: Step): boolean =>
    kindOf(action).writer !== undefined && !id.startsWith(`${service}/`);

/** Puts steps of some kinds one after the other on a node, in course order: dpkg installs one set of packages at a time. */
function oneAtATime(all: readonly PlannedStep[]): PlannedStep[] {
  const last = new Map<string, string>();
  return all.map((planned) => {
    const { action } = planned.step;
    if (!kindOf(action).oneAtATime) return planned;
    const turn = `${action.kind} on ${planned.node}`;
    const before = last.get(turn);
    last.set(turn, planned.name);
    if (before === undefined || planned.after.includes(before)) return planned;
    return { ...planned, after: [...planned.after, before], turn: before };
  });
}
