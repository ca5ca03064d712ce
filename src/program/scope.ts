import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { nameOf, type StateResource } from "../engine/observed.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { isSecret } from "../plan/secret-names.ts";

/** The part of a lab that one run declares. */
export interface Scope {
  /** Names of the planned steps that are declared. */
  readonly steps: ReadonlySet<string>;
  /** Names of the nodes that are declared. */
  readonly nodes: ReadonlySet<string>;
  /** URNs of resources that exist, are not declared, and must stay as they are. */
  readonly untouched: readonly string[];
}

/**
 * The scope of some steps: the steps and their nodes. The control node is always in it, because the others may be reachable only
 * through it. What exists beyond the scope stays.
 * @param steps with all their dependencies
 */
export function scopeOf(
  config: StackConfig,
  course: readonly PlannedStep[],
  steps: ReadonlySet<string>,
  state: readonly StateResource[],
): Scope {
  const wanted = course.filter(({ name }) => steps.has(name));
  const nodes = new Set(
    [...wanted.map(({ node }) => node), ...nodesIn(state)].filter((node) => node !== THIS_MACHINE),
  );
  for (const [name, { roles }] of Object.entries(config.nodes)) {
    if (roles.includes("control")) nodes.add(name);
  }
  const beyond = state.filter((item) => isStep(item) && !steps.has(nameOf(item.urn)));
  // Passwords are made once and stay, also when no declared step uses them.
  const secrets = state.filter(({ urn }) => isSecret(nameOf(urn)));
  return { steps, nodes, untouched: [...beyond, ...secrets].map(({ urn }) => urn) };
}

/**
 * The scope of everything that exists except some steps: a run with it undoes these steps and nothing else. Passwords stay, because
 * a step that is done again may find something that the undo left.
 * @param gone names of the planned steps to undo, with all their dependents
 */
export function scopeWithout(
  config: StackConfig,
  course: readonly PlannedStep[],
  gone: ReadonlySet<string>,
  state: readonly StateResource[],
): Scope {
  const done = new Set(state.filter(isStep).map(({ urn }) => nameOf(urn)));
  const steps = new Set(course.map(({ name }) => name).filter((name) => done.has(name) && !gone.has(name)));
  const { nodes, untouched } = scopeOf(config, course, steps, state);
  return { steps, nodes, untouched: untouched.filter((urn) => !gone.has(nameOf(urn))) };
}

/** Names of the nodes in a state that are complete. */
export const nodesIn = (state: readonly StateResource[]): string[] =>
  state
    .filter(({ type, outputs }) => type === "scratchstack:lab:Node" && outputs?.connection !== undefined)
    .map(({ urn }) => nameOf(urn));

/** A step of the course, on a node or on this machine. */
export const isStep = ({ type, urn }: Pick<StateResource, "type" | "urn">): boolean =>
  type.startsWith("command:") && /\/.+@/.test(nameOf(urn));
