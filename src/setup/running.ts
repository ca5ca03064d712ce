import { existsSync } from "node:fs";
import { UserError } from "../config/errors.ts";
import { engineRoot } from "../engine/environment.ts";
import { isUp as incusIsUp, start as startIncus } from "./incus/daemon.ts";
import { isConfigured, start as startPackageCache } from "./package-cache/service.ts";
import type { Say } from "./types.ts";

/**
 * Starts the daemons that `lab up` needs and that do not run, for example after a restart of this machine. Takes well below a
 * second where all of them run.
 * @throws UserError when this machine was never set up
 */
export async function ensureRunning(say: Say): Promise<void> {
  if (engineRoot() === undefined || !isConfigured() || !existsSync("/usr/bin/incus")) {
    throw new UserError("This machine is not set up yet. Run scripts/setup, then this command again.", 1);
  }
  if (!(await incusIsUp())) {
    say("starting Incus");
    await startIncus(say);
  }
  await startPackageCache(say);
}
