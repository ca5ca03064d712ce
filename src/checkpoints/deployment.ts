import { nameOf, type StateResource } from "../engine/observed.ts";
import { isStep } from "../program/scope.ts";

/** A stack's state as the engine exports it, secrets encrypted. Keys that are not read here are kept. */
export interface Deployment {
  readonly resources?: readonly StateResource[];
  /** Operations that went on. After a restore they are done again. */
  readonly pending_operations?: readonly { readonly resource: StateResource }[] | null;
}

/** The state in a file of the engine. @returns undefined for another file */
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

/** The state without operations that went on: after a restore none of them does. */
export const withoutPending = (deployment: Deployment): Deployment => ({
  ...deployment,
  pending_operations: [],
});

/** Whether a state says of all these steps that they are done. */
export function recordsAsDone(deployment: Deployment, names: readonly string[]): boolean {
  const { done, underway } = progressOf(deployment);
  return names.every((name) => done.includes(name) && !underway.includes(name));
}
