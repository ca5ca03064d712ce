import { UserError } from "../../config/errors.ts";
import { proxyPlaces } from "../../config/proxy.ts";
import { NotStarted } from "../../transport/errors.ts";
import { fetchHostKey } from "../../transport/fetch-key.ts";
import { SshPool } from "../../transport/ssh.ts";
import type { Connection } from "../../transport/types.ts";
import type { Problem } from "../types.ts";
import { checkHost, describeHost, refused } from "./check-host.ts";
import type { HostsStack } from "./config.ts";
import { connectionTo, doorOf, type Host, hostPath, LoginError } from "./login.ts";
import { plannedHost } from "./planned-node.ts";
import { parseProbe, probeScript } from "./probe.ts";

/** Seconds a host gets to answer, and for all that is asked of it. */
const ANSWER = 5;
const WHOLE = 11;

/** Asks all hosts at once, over one connection each, and changes nothing. @param tell is told a line of each that answered */
export async function preflight(
  stack: string,
  config: HostsStack,
  tell: (line: string) => void,
): Promise<Problem[]> {
  const pool = new SshPool();
  try {
    const found = await Promise.all(Object.keys(config.nodes).map((name) => look(pool, stack, config, name)));
    for (const { line } of found) if (line !== undefined) tell(line);
    return found.flatMap(({ problems }) => problems);
  } finally {
    pool.close();
  }
}

interface Found {
  readonly problems: Problem[];
  readonly line?: string;
}

async function look(pool: SshPool, stack: string, config: HostsStack, name: string): Promise<Found> {
  const host = config.hardware.hosts[name];
  if (host === undefined) throw new Error(`hardware: no host for ${name}`);
  const signal = AbortSignal.timeout(WHOLE * 1_000);
  const { interfaces } = plannedHost(config, name);
  const proxies = proxyPlaces(config).map(({ host, port }) => `${host}:${port}`);
  try {
    const connection = impatient(connectionTo(name, host));
    const began = Date.now();
    const { stdout, stderr } = await pool.exec(connection, {
      command: probeScript(interfaces, proxies),
      idempotent: true,
      signal,
    });
    const facts = parseProbe(stdout);
    if (facts === undefined) {
      const said = stderr.trim().split("\n").pop() || "nothing";
      return { problems: [unreachable(name, `that its shell says: ${said}`)] };
    }
    const problems = checkHost(stack, config, name, facts, (began + Date.now()) / 2000);
    return { problems, line: describeHost(config, name, facts) };
  } catch (error) {
    if (signal.aborted) return { problems: [unreachable(name, `no answer within ${WHOLE} s`)] };
    if (error instanceof LoginError) return { problems: [await behind(error.problem, name, host)] };
    if (error instanceof NotStarted) return { problems: [refused(hostPath(name), error.refusal)] };
    if (!(error instanceof UserError)) throw error;
    return { problems: [unreachable(name, error.message)] };
  }
}

/** A host that is not there is told of even where this machine lacks what it would log in with. */
async function behind(problem: Problem, name: string, host: Host): Promise<Problem> {
  const absent = await fetchHostKey(impatient(doorOf(host))).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return absent === undefined ? problem : unreachable(name, absent);
}

const impatient = ({ proxy, ...connection }: Connection): Connection => {
  const limits = { dialErrorLimit: 0, perDialTimeout: ANSWER };
  return { ...connection, ...limits, ...(proxy && { proxy: { ...proxy, ...limits } }) };
};

const unreachable = (name: string, found: string): Problem => ({
  where: hostPath(name),
  found,
  expected: "a host that lets this machine in by SSH",
  fix: found.includes("ECONNREFUSED")
    ? `see that sshd runs on it, and on which port (\`ss -ltn\` on it): ${hostPath(name)}.port is 22 where it is not set`
    : "see that it runs, and that its address, port, user, key and hostKey are right",
});
