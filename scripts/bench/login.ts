import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UserError } from "../../src/config/errors.ts";
import { quote } from "../../src/config/quote.ts";
import { observe } from "../../src/engine/state.ts";
import { sshFolder } from "../../src/plan/this-machine.ts";
import { runLocal } from "../../src/transport/local.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { say } from "../measure/lab.ts";
import { answers } from "./answers.ts";
import { knowsKey } from "./host-key.ts";
import { CLEAN_UP, CREATE, HOST_KEYS, PREPARE, SERVER } from "./server.ts";

/** Runs a script on the control node. @throws UserError when it fails */
type OnControl = (script: string) => Promise<string>;

const POLL_MS = 200;
/** Far more than a boot takes. */
const LIMIT_MS = 180_000;

/** Seconds from `openstack server create` to the first SSH login, for several servers, one after the other. */
export async function loginTimes(stack: string, count: number): Promise<number[]> {
  const control = (await observe(stack)).nodes.find((node) => node.roles.includes("control"));
  if (control === undefined)
    throw new UserError(`${stack}: found no control node, expected a lab that is built`, 1);
  const pool = new SshPool();
  const onControl: OnControl = async (command) => {
    const { code, stdout, stderr } = await pool.exec(control.connection, { command });
    if (code === 0) return stdout;
    throw new UserError(`${stack}, control: ended with ${code}:\n${command}\n${stderr.trim()}`, 1);
  };
  try {
    const times: number[] = [];
    for (let time = 0; time < count; time += 1) times.push(await loginTime(stack, onControl));
    return times;
  } finally {
    pool.close();
  }
}

async function loginTime(stack: string, onControl: OnControl): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "scratchstack-bench-"));
  const knownHosts = join(folder, "known_hosts");
  // An interrupted run may have left its server.
  await onControl(CLEAN_UP);
  try {
    const address = (await onControl(PREPARE)).trim();
    const seconds = await createAndLogIn(address, loginCommand(stack, knownHosts, address), onControl);
    say(`logged in to ${address} after ${seconds.toFixed(1)} s`);
    if (!knowsKey(await onControl(HOST_KEYS), readFileSync(knownHosts, "utf8")))
      throw new UserError(`${address} showed SSH another host key than the server wrote on its console`, 1);
    return seconds;
  } finally {
    rmSync(folder, { recursive: true });
    await onControl(CLEAN_UP);
  }
}

async function createAndLogIn(address: string, login: string, onControl: OnControl): Promise<number> {
  const late = AbortSignal.timeout(LIMIT_MS);
  const stop = new AbortController();
  const began = performance.now();
  const creation = onControl(CREATE).catch((error: unknown) => {
    stop.abort();
    throw error;
  });
  const loggedInAfter = loggedIn(address, login, AbortSignal.any([late, stop.signal])).then(
    () => (performance.now() - began) / 1000,
    (error: unknown) => {
      if (!late.aborted) throw error;
      throw new UserError(`${address}: no SSH login within ${LIMIT_MS / 1000} s`, 1);
    },
  );
  // Where both fail, the error of the creation is reported.
  const [, seconds] = await Promise.all([creation, loggedInAfter]);
  return seconds;
}

/** Accepts any host key; it is compared with the console's afterwards, because reading the console first would take time. */
const loginCommand = (stack: string, knownHosts: string, address: string): string =>
  [
    `ssh -F /dev/null -i ${quote(join(sshFolder(stack), "key"))} -o IdentitiesOnly=yes -o BatchMode=yes`,
    `-o StrictHostKeyChecking=accept-new -o HashKnownHosts=no -o UserKnownHostsFile=${quote(knownHosts)}`,
    `-o ConnectTimeout=20 -o LogLevel=ERROR root@${address} hostname`,
  ].join(" ");

/** Resolves once the server has answered over SSH with its name. */
async function loggedIn(address: string, command: string, signal: AbortSignal): Promise<void> {
  // An `ssh` that starts too early waits a second or more for a lost packet, so port 22 is tried first.
  while (!(await answers(address, 22, POLL_MS))) await setTimeout(POLL_MS, undefined, { signal });
  for (;;) {
    const { code, stdout } = await runLocal({ command, signal });
    if (code === 0 && stdout.trim() === SERVER) return;
    await setTimeout(POLL_MS, undefined, { signal });
  }
}
