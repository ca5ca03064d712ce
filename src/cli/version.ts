import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../config/paths.ts";
import { RELEASES } from "../config/schema.ts";
import type { Context } from "./context.ts";
import { writeJson } from "./views/show.ts";

/** Prints the versions of this program and of what it runs on. Needs no set-up. */
export async function printVersions({ lab, stdout }: Context, json: boolean): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
  const engine = await lab.machine.engineVersion();
  const node = process.versions.node;
  if (json) {
    writeJson(stdout, { type: "version", lab: version, engine: engine ?? null, openstack: RELEASES, node });
    return;
  }
  stdout.write(
    [
      `scratchstack ${version}`,
      `Pulumi engine ${engine ?? "not installed: run scripts/setup"}`,
      `OpenStack ${RELEASES.join(", ")}`,
      `Node ${node}`,
      "",
    ].join("\n"),
  );
}
