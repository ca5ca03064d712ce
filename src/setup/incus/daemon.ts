import { access, constants } from "node:fs/promises";
import { UserError } from "../../config/errors.ts";
import { asRoot, run, workAsRoot } from "../exec.ts";
import { hasSystemd, listens, startDetached, until } from "../machine/daemon.ts";
import type { Say } from "../types.ts";

const PROGRAM = "/usr/libexec/incus/incusd";
const SOCKET = "/var/lib/incus/unix.socket";
const LOG = "/var/log/incus/scratchstack-incusd.log";
/** Without systemd, a shell of root starts the daemon: only root can write to the log's folder. */
const START = `mkdir -p /var/log/incus && exec ${PROGRAM} --group incus-admin >>${LOG} 2>&1`;

/** Whether Incus answers. Connects to its socket: the file may exist without a daemon. */
export function isUp(): Promise<boolean> {
  return listens({ path: SOCKET });
}

/** Starts the daemon where it does not run. @throws UserError when it is not ready within a minute */
export async function start(say: Say): Promise<void> {
  if (await isUp()) return;
  const doing = "starting Incus";
  if (await hasSystemd()) {
    await workAsRoot("systemctl", ["start", "incus.socket", "incus.service"], { doing, say });
  } else {
    // A detached process of root. Its own output is dropped, the daemon's goes to the log.
    startDetached("sh", ["-c", START], "/dev/null", true);
  }
  if (await until(isUp, 60_000)) {
    await workAsRoot(PROGRAM, ["waitready", "--timeout=60"], { doing, say });
    return;
  }
  const where = (await hasSystemd()) ? "`journalctl -u incus`" : LOG;
  throw new UserError(`Incus did not start within a minute. Look at ${where}.`, 1);
}

/** The version of Incus; undefined where it is not installed. */
export async function version(): Promise<string | undefined> {
  const { code, stdout } = await run("incus", ["version"]);
  return code === 0 ? /Client version: (\S+)/.exec(stdout)?.[1] : undefined;
}

/** An `incus` command line that can talk to the daemon, also in the session in which set-up added the user to Incus's group. */
export async function incusCommand(...args: string[]): Promise<[string, string[]]> {
  const allowed = await access(SOCKET, constants.W_OK).then(
    () => true,
    () => false,
  );
  return allowed ? ["incus", args] : asRoot("incus", args);
}
