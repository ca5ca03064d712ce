import type { StackConfig } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { nameOf, type StateResource } from "../engine/observed.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { isSecret } from "../plan/secret-names.ts";

/** The part of a lab that one run is about. */
export interface Scope {
  /** Names of the planned steps that are declared. */
  readonly steps: ReadonlySet<string>;
  /** Names of the nodes that are declared. */
  readonly nodes: ReadonlySet<string>;
  /** URNs of what is there, is not declared, and is to stay as it is. */
  readonly untouched: readonly string[];
}

/**
 * What is needed for some steps, and nothing else: the steps and their nodes. The control node is always among them: the others may
 * only be reached through it. Whatever is there beyond stays.
 * @param steps with all that they need
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
  // Passwords are made once: one whose step is not declared is not needed less.
  const secrets = state.filter(({ urn }) => isSecret(nameOf(urn)));
  return { steps, nodes, untouched: [...beyond, ...secrets].map(({ urn }) => urn) };
}

/**
 * What is there without some steps: a run that is about it takes these steps back, and nothing else. Passwords stay, so that
 * what is done again finds what may be left of it.
 * @param gone names of the planned steps that are to go, with all that builds on them
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

/** Names of the nodes that a state knows and that were made to their end. */
export const nodesIn = (state: readonly StateResource[]): string[] =>
  state
    .filter(({ type, outputs }) => type === "scratchstack:lab:Node" && outputs?.connection !== undefined)
    .map(({ urn }) => nameOf(urn));

/** A step of the course, on a node or on this machine. */
export const isStep = ({ type, urn }: Pick<StateResource, "type" | "urn">): boolean =>
  type.startsWith("command:") && /\/.+@/.test(nameOf(urn));
