import { join } from "node:path";
import { home, ROOT } from "../config/paths.ts";
import type { Values } from "../curriculum/tokens.ts";

/**
 * Token values of a step on this machine. Paths stand as variables that transport sets, so that scripts, which are in the state, are
 * the same on every machine that runs `lab`.
 */
export const thisMachineValues = (stack: string): Values => ({
  "here:ssh": `"$SCRATCHSTACK_HOME"/stacks/${stack}/ssh`,
  "here:lab": `"$SCRATCHSTACK_LAB" --stack ${stack}`,
});

/** The same with the paths of this machine, for people to type. */
export const thisMachinePaths = (stack: string): Values => ({
  "here:ssh": sshFolder(stack),
  "here:lab": `${join(ROOT, "scripts/lab")} --stack ${stack}`,
});

/** The folder with the key, known hosts and configuration for SSH into a stack's servers. */
export const sshFolder = (stack: string): string => join(home(), "stacks", stack, "ssh");
