import { existsSync } from "node:fs";
import { join } from "node:path";
import { enginePin, ownEngine } from "../../config/engine.ts";
import type { Say } from "../types.ts";
import { buildEngine } from "./build.ts";
import { DownloadError, downloadEngine } from "./download.ts";
import { hasLanguageHost, installLanguageHost } from "./language-host.ts";
import { findOnPath, linkFound } from "./on-path.ts";

/** Provides the engine in the first way that works: the one that is cached, one on PATH, a download, a build. */
export async function provideEngine(say: Say): Promise<void> {
  const pin = enginePin();
  const target = ownEngine();
  if (!existsSync(join(target, "bin/pulumi"))) {
    const found = await findOnPath();
    if (found !== undefined) {
      say(`  Pulumi ${found.version} in ${found.folder} is used`);
      return linkFound(found);
    }
    await downloadOrBuild(say, target);
  }
  if (!(await hasLanguageHost(target))) await installLanguageHost(target);
  say(`  Pulumi ${pin.version} in ${join(target, "bin")}`);
}

async function downloadOrBuild(say: Say, target: string): Promise<void> {
  const pin = enginePin();
  try {
    await downloadEngine({ pin, target, say });
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    say(`  the official engine cannot be used: ${error.reason}: ${error.message}`);
    await buildEngine(pin, target, say);
  }
}
