import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cache, ROOT } from "./paths.ts";

/** What is pinned of the Pulumi engine, as `scripts/engine/engine.json` holds it. */
export interface EnginePin {
  /** The version that is downloaded or built; also the oldest that is accepted on PATH. */
  readonly version: string;
  /** The first version that is not accepted any more. */
  readonly newest: string;
  /** Where the checksums were published. */
  readonly source: string;
  /** sha256 of the official archive for Node's name of the architecture. */
  readonly sha256: Readonly<Record<string, string>>;
  /** The oldest Go that builds it. */
  readonly go: string;
  /** Version of the OpenStack resource plugin, that of the installed @pulumi/openstack. */
  readonly openstackPlugin: string;
}

/** Folder of the pins and of all that an engine is built from. */
export const ENGINE_SOURCE = join(ROOT, "scripts/engine");

export function enginePin(): EnginePin {
  return JSON.parse(readFileSync(join(ENGINE_SOURCE, "engine.json"), "utf8"));
}

/** Folder whose `bin/` holds the engine that was downloaded or built. */
export function ownEngine(env: NodeJS.ProcessEnv = process.env): string {
  return join(cache(env), "engine", enginePin().version);
}

/** Folder whose `bin/` points at the engine that was already on PATH when set up. */
export function foundEngine(env: NodeJS.ProcessEnv = process.env): string {
  return join(cache(env), "engine/on-path");
}
