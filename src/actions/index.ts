import { hashOf } from "../config/hash.ts";
import type { Action } from "../curriculum/actions.ts";
import { KINDS } from "./kinds.ts";
import type { ActionKind } from "./types.ts";

/** The kind of an action, for example `kindOf(action).script(action)`. */
export function kindOf<A extends Action>(action: A): ActionKind<A> {
  return KINDS[action.kind] as unknown as ActionKind<A>;
}

/** Whether what earlier steps wrote belongs to an action (`withConfiguration`). */
export const readsConfiguration = (action: Action): boolean => kindOf(action).withConfiguration !== undefined;

/**
 * The action with all that the program fills in: who writes into a shared file, and the configuration that is read.
 * @param configuration actions of the steps that wrote it; their tokens are resolved. Ignored for an action that reads none
 */
export function completed(action: Action, configuration: readonly Action[]): Action {
  const { writer, withConfiguration } = kindOf(action);
  if (writer !== undefined) return { ...action, writer: writer(action) } as Action;
  if (withConfiguration === undefined) return action;
  return withConfiguration(action, {
    hash: hashOf(configuration, 16),
    files: unique(configuration.flatMap((one) => kindOf(one).files?.(one) ?? [])),
    writers: unique(configuration.flatMap((one) => kindOf(one).writer?.(one) ?? [])),
  });
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
