import { join } from "node:path";
import { backendFolder } from "../config/paths.ts";

/** The name of the Pulumi project, as `Pulumi.yaml` has it. */
export const PROJECT = "scratchstack";

/** The file of a stack's state in a file backend. @returns undefined for any other backend */
export function stateFile(backend: string, stack: string): string | undefined {
  const root = backendFolder(backend);
  return root === undefined ? undefined : join(root, ".pulumi/stacks", PROJECT, `${stack}.json`);
}
