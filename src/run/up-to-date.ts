import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache, home, ROOT } from "../config/paths.ts";
import type { StackConfig } from "../config/schema.ts";
import { engineRoot } from "../engine/environment.ts";
import type { StateResource } from "../engine/observed.ts";
import { readJson, removePath, stackFolder, writeJson } from "../engine/stack-files.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { packagesByNode } from "../plan/packages.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

/** What the program declares resources from, and the state that the engine compares them with. */
export interface Inputs {
  readonly config: StackConfig;
  /** All planned steps of the lab. */
  readonly course: readonly PlannedStep[];
  /** The state. */
  readonly resources: readonly StateResource[];
}

const recordFile = (stack: string): string => join(stackFolder(stack), "settled.json");

/**
 * Tells whether the last run of the engine ended with the same program and the same state. It finds nothing to do then, and takes
 * seconds for it. Whether the steps still hold is another question: probes answer it.
 */
export async function isUpToDate(stack: string, inputs: Inputs): Promise<boolean> {
  const recorded = await readJson<{ of: string }>(recordFile(stack));
  return recorded !== undefined && recorded.of === (await fingerprint(inputs));
}

/** Records that a run of the engine over the whole lab ended. */
export async function recordUpToDate(stack: string, inputs: Inputs): Promise<void> {
  const of = await fingerprint(inputs);
  if (of !== undefined) await writeJson(recordFile(stack), { of });
}

export const forgetUpToDate = (stack: string): Promise<void> => removePath(recordFile(stack));

/** @returns undefined for hardware whose images are not made on this machine */
async function fingerprint({ config, course, resources }: Inputs): Promise<string | undefined> {
  const images = hardwareOf(config).images?.wanted(config, packagesByNode(config, course));
  if (images === undefined) return undefined;
  const parts = [config, images, home(), cache(), ROOT, engineRoot(), resources];
  const hash = createHash("sha256").update(JSON.stringify(parts));
  for (const file of await ownFiles()) hash.update(file).update(await readFile(join(ROOT, file)));
  return hash.digest("hex");
}

/** The files of the program. */
async function ownFiles(): Promise<string[]> {
  const entries = await readdir(join(ROOT, "src"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
  return ["package-lock.json", ...names].sort();
}
