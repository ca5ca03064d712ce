import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { cache, home, ROOT } from "../config/paths.ts";
import type { StackConfig } from "../config/schema.ts";
import { engineRoot } from "../engine/environment.ts";
import type { StateResource } from "../engine/observed.ts";
import { readJson, removePath, stackFolder, writeJson } from "../engine/stack-files.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { packagesByNode } from "../plan/packages.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";

/** All that the program declares resources from, and the state that the engine compares them with. */
export interface Standing {
  readonly config: StackConfig;
  /** Of the lab, whole. */
  readonly course: readonly PlannedStep[];
  /** As the state has them now. */
  readonly resources: readonly StateResource[];
}

const settledFile = (stack: string): string => join(stackFolder(stack), "settled.json");

/**
 * Whether the engine was done with just this program and this state before. It would find nothing to do again, and take seconds
 * to say so; whether the steps still hold it never knew.
 */
export async function isSettled(stack: string, standing: Standing): Promise<boolean> {
  const noted = await readJson<{ of: string }>(settledFile(stack));
  return noted !== undefined && noted.of === (await fingerprint(standing));
}

/** Notes that the engine came to its end with all of a lab. */
export async function noteSettled(stack: string, standing: Standing): Promise<void> {
  const of = await fingerprint(standing);
  if (of !== undefined) await writeJson(settledFile(stack), { of });
}

export const forgetSettled = (stack: string): Promise<void> => removePath(settledFile(stack));

/** @returns undefined where nodes are made of what is not known here */
async function fingerprint({ config, course, resources }: Standing): Promise<string | undefined> {
  const images = hardwareOf(config).images?.wanted(config, packagesByNode(config, course));
  if (images === undefined) return undefined;
  const told = [config, images, home(), cache(), ROOT, engineRoot(), resources];
  const hash = createHash("sha256").update(JSON.stringify(told));
  for (const file of await ownFiles()) hash.update(file).update(await readFile(join(ROOT, file)));
  return hash.digest("hex");
}

/** What the program consists of. */
async function ownFiles(): Promise<string[]> {
  const entries = await readdir(join(ROOT, "src"), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const names = files.map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1));
  return ["package-lock.json", ...names].sort();
}

/** What the engine would tell of a resource for which there is nothing to do. */
export const untouched = ({ urn, type }: StateResource): EngineEvent => ({
  sequence: 0,
  timestamp: Date.now(),
  resOutputsEvent: { metadata: { op: "same", urn, type, provider: "" } },
});
