import { join } from "node:path";
import { enginePin } from "../../config/engine.ts";
import { engineRoot } from "../../engine/environment.ts";
import { provideEngine } from "../engine/provide.ts";
import { engineVersion, isNewEnough } from "../engine/version.ts";
import type { Requirement } from "../types.ts";

export const engine: Requirement = {
  id: "engine",
  title: "Pulumi engine",
  neededBy: "every command that builds or takes down",
  async probe() {
    const root = engineRoot();
    if (root === undefined) return { found: "not provided yet", state: "missing" };
    const { version: oldest, newest } = enginePin();
    const version = (await engineVersion(join(root, "bin/pulumi"))) ?? "does not run";
    const found = `${version} in ${root}`;
    return { found, state: isNewEnough(version, oldest, newest) ? "ok" : "missing" };
  },
  fix: { text: "scripts/setup", run: provideEngine },
};
