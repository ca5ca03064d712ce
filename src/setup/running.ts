import { existsSync } from "node:fs";
import { UserError } from "../config/errors.ts";
import { engineRoot } from "../engine/environment.ts";
import { isUp as incusIsUp, start as startIncus } from "./incus/daemon.ts";
import { isConfigured, start as startPackageCache } from "./package-cache/service.ts";
import type { Say } from "./types.ts";

/**
 * What `lab up` needs running, and nothing more: well below a second where all is up already. Daemons that a restart of
 * this machine took away are started again.
 * @throws UserError when set-up was never done
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
