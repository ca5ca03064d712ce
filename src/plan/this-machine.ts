import { join } from "node:path";
import { home, ROOT } from "../config/paths.ts";
import type { Values } from "../curriculum/tokens.ts";

/**
 * Values of a step that is done on the machine that runs `lab`. They name what differs from one such machine to the next
 * by the variables that transport sets there, so that a stack is the same from wherever it is looked at.
 */
export const thisMachineValues = (stack: string): Values => ({
  "here:ssh": `"$SCRATCHSTACK_HOME"/stacks/${stack}/ssh`,
  "here:lab": `"$SCRATCHSTACK_LAB" --stack ${stack}`,
});

/** The same with this machine's own paths, for people to type. */
export const thisMachinePaths = (stack: string): Values => ({
  "here:ssh": sshFolder(stack),
  "here:lab": `${join(ROOT, "scripts/lab")} --stack ${stack}`,
});

/** Folder of what SSH into a stack's servers needs: key, known hosts, configuration. */
export const sshFolder = (stack: string): string => join(home(), "stacks", stack, "ssh");
