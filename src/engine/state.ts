import { readFile } from "node:fs/promises";
import type { Known } from "../hardware/types.ts";
import { stateFile } from "./backend.ts";
import { engineEnvironment } from "./environment.ts";
import { type Observed, observed, type StateResource } from "./observed.ts";
import { madeBy } from "./ownership.ts";
import { pulumi, unreachable } from "./pulumi.ts";
import { refuseInterruptedRestore } from "./restore-intent.ts";
import { NOTHING } from "./stack.ts";
import { readTarget } from "./target.ts";

type Exported = Promise<StateResource[] | undefined>;

/** States that are being read, which takes a second of processor time: everybody who asks meanwhile gets the same one. */
const underway = new Map<string, Exported>();

/**
 * A stack's resources with their secrets in plain text: for use in memory only.
 * @returns undefined when there is no such stack
 * @throws UserError when the backend does not give it out
 */
export function readResources(stack: string): Exported {
  const found = underway.get(stack) ?? read(stack).finally(() => underway.delete(stack));
  underway.set(stack, found);
  return found;
}

async function read(stack: string): Exported {
  const { code, stdout, stderr } = await pulumi(["stack", "export", "--show-secrets", "--stack", stack]);
  if (code !== 0) {
    if (/no stack named/.test(stderr)) return undefined;
    throw unreachable(stack, stderr);
  }
  const { deployment } = JSON.parse(stdout) as { deployment: { resources?: StateResource[] } };
  return deployment.resources ?? [];
}

/**
 * Whether a stack has anything to take down. With a file backend this reads one file, which takes milliseconds.
 * @throws UserError when another backend does not give the state out
 */
export async function isBuilt(stack: string): Promise<boolean> {
  const { PULUMI_BACKEND_URL } = await engineEnvironment(process.env);
  const file = stateFile(PULUMI_BACKEND_URL ?? "", stack);
  if (file === undefined) return ((await readResources(stack)) ?? []).length > 0;
  const text = await readFile(file, "utf8").catch(() => "");
  return text.includes(`"urn:pulumi:`);
}

/** What a state has from the plugin of a hardware kind. @param plugin prefix of its resource types */
export function knownOf(resources: readonly StateResource[], plugin: string): Known {
  return {
    ids: new Set(resources.filter(({ type }) => type.startsWith(plugin)).flatMap(({ id }) => id ?? [])),
    loginKey: madeBy(resources).loginKey,
  };
}

/**
 * What the state says about a stack, secrets in plain text: for use in memory only.
 * @param even also when a restore was interrupted, so that nodes and state do not match
 * @throws UserError when the backend does not give it out, and when a restore was interrupted
 */
export async function observe(stack: string, even?: "interrupted restore"): Promise<Observed> {
  if (even === undefined) await refuseInterruptedRestore(stack);
  const [resources, target] = await Promise.all([readResources(stack), readTarget(stack)]);
  if (resources === undefined) return NOTHING;
  return { ...observed(resources), ...(target === undefined ? {} : { target }) };
}
