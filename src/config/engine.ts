import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { cache, ROOT } from "./paths.ts";

/** The pinned versions of the Pulumi engine, as `scripts/engine/engine.json` holds it. */
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

const OPENSTACK_PLUGIN = "pulumi-resource-openstack";

/** Where the engine looks for the OpenStack plugin: a folder of its plugin home, by name and version. */
export function openstackFolder(env: NodeJS.ProcessEnv = process.env): string {
  const plugins = join(env.PULUMI_HOME ?? join(cache(env), "pulumi"), "plugins");
  return join(plugins, `resource-openstack-v${enginePin().openstackPlugin}`);
}

export const hasOpenstackPlugin = (env: NodeJS.ProcessEnv = process.env): boolean =>
  existsSync(join(openstackFolder(env), OPENSTACK_PLUGIN));

/** Text in our own language host that an official one does not have. */
const OWN_HOST = "scratchstack's Pulumi language host";

/** Whether the engine's language host is ours, so that the engine is not an official one. */
export async function isOwnLanguageHost(root: string): Promise<boolean> {
  const head = await readFile(join(root, "bin/pulumi-language-nodejs"), "latin1").catch(() => OWN_HOST);
  return head.slice(0, 1024).includes(OWN_HOST);
}

/** Whether the engine has the OpenStack plugin, or can download it itself. */
export async function canTalkToClouds(env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  if (hasOpenstackPlugin(env)) return true;
  const root = [ownEngine(env), foundEngine(env)].find((one) =>
    existsSync(join(one, "bin/pulumi-language-nodejs")),
  );
  return root !== undefined && !(await isOwnLanguageHost(root));
}
