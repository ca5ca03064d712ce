import { cp, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ENGINE_SOURCE, enginePin, openstackFolder } from "../../config/engine.ts";
import { cache, ROOT } from "../../config/paths.ts";
import { work } from "../exec.ts";
import type { Say } from "../types.ts";
import { goBuild, provideGo } from "./build.ts";

const NAME = "pulumi-resource-openstack";

/**
 * Builds the plugin for the types of the installed @pulumi/openstack, checks that it serves all of them, and puts it where the
 * engine finds it. It appears whole or not at all.
 */
export async function buildOpenstackPlugin(say: Say): Promise<void> {
  const { go: wanted, openstackPlugin: version } = enginePin();
  const go = await provideGo(wanted, say);
  await mkdir(cache(), { recursive: true });
  const draft = await mkdtemp(join(cache(), "openstack-plugin-"));
  try {
    const source = join(draft, "source");
    await cp(join(ENGINE_SOURCE, "openstack"), source, { recursive: true });
    const sdk = join(ROOT, "node_modules/@pulumi/openstack");
    const facts = [join(source, "facts.mjs"), sdk, source];
    await work(process.execPath, facts, { doing: "reading the OpenStack SDK", say });
    say(
      `  building the OpenStack plugin ${version} with Go ${go.version}: 2 to 4 minutes, once for this machine`,
    );
    const folder = join(draft, "plugin");
    await mkdir(folder);
    const args = ["-ldflags", "-s -w", "-o", join(folder, NAME), "."];
    await goBuild(go, source, "the OpenStack plugin", args, say);
    await work(join(folder, NAME), ["-check"], { doing: "checking the OpenStack plugin", say });
    await mkdir(join(openstackFolder(), ".."), { recursive: true });
    await rm(openstackFolder(), { recursive: true, force: true });
    await rename(folder, openstackFolder());
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}
