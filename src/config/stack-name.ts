import { type Problem, show } from "./problems.ts";

/** Names of containers, bridges and folders are made of it. */
const STACK_NAME = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;

export function checkStackName(stack: string): Problem[] {
  if (STACK_NAME.test(stack)) return [];
  const expected =
    "lower-case letters, digits and hyphens, starting with a letter, at most 30, e.g. lab001-local";
  return [{ path: ["stack name"], found: show(stack), expected }];
}
