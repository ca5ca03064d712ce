import { nameOf, type StateResource } from "../engine/observed.ts";
import { isStep } from "../program/scope.ts";

/** A stack's state as the engine exports it, secrets encrypted. What is not read here is kept as it is. */
export interface Deployment {
  readonly resources?: readonly StateResource[];
  /** What was under way; whatever it was is done again. */
  readonly pending_operations?: readonly { readonly resource: StateResource }[] | null;
}

/** The state out of the file that the engine keeps it in. @returns undefined for what is no such file */
export function deploymentIn(text: string): Deployment | undefined {
  const { checkpoint, deployment } = JSON.parse(text) as {
    checkpoint?: { latest?: Deployment };
    deployment?: Deployment;
  };
  return checkpoint?.latest ?? deployment;
}

/** Names of the planned steps that a state says are done, and of those that were being worked on. */
export function progressOf({ resources = [], pending_operations }: Deployment): {
  done: string[];
  underway: string[];
} {
  const names = (all: readonly StateResource[]): string[] => [
    ...new Set(all.filter(isStep).map(({ urn }) => nameOf(urn))),
  ];
  return {
    done: names(resources),
    underway: names((pending_operations ?? []).map(({ resource }) => resource)),
  };
}

/** The state without what was under way: nobody works on it any more once it is put back. */
export const settled = (deployment: Deployment): Deployment => ({ ...deployment, pending_operations: [] });

/** Whether a state knows that all of some steps are done. */
export function knows(deployment: Deployment, names: readonly string[]): boolean {
  const { done, underway } = progressOf(deployment);
  return names.every((name) => done.includes(name) && !underway.includes(name));
}
