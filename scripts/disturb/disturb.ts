import { UserError } from "../../src/config/errors.ts";
import { observe } from "../../src/engine/state.ts";
import { runLocal } from "../../src/transport/local.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import type { Result } from "../../src/transport/types.ts";
import { lab, say } from "../measure/lab.ts";
import type { Case } from "./cases.ts";
import { type Recovery, recovery } from "./recovery.ts";
import { verify } from "./verify.ts";
import { webAnswers } from "./web.ts";

/** How a lab recovered from a disturbance. All times are from its beginning. */
export interface Disturbed extends Recovery {
  /** Seconds until the server `web` answered; absent where it did not answer in time. */
  readonly web?: number;
}

/** Disturbs a clean lab, and waits until it is clean again. */
export async function disturb(stack: string, item: Case): Promise<Disturbed> {
  await makeClean(stack);
  const { nodes } = item.node === undefined ? { nodes: [] } : await observe(stack);
  say(`${item.id}: ${item.command}`);
  const began = performance.now();
  const { code, stderr } = await run(item, nodes.find(({ name }) => name === item.node)?.connection);
  if (code !== 0) throw new UserError(`${item.command}: ended with ${code}: ${stderr.trim()}`, 1);
  const took = (performance.now() - began) / 1000;
  const [back, web] = await Promise.all([recovery(() => verify(stack)), webAnswers(stack)]);
  return {
    last: back.last,
    ...(back.seconds === undefined ? {} : { seconds: took + back.seconds }),
    ...(web === undefined ? {} : { web: took + web }),
  };
}

type Connection = Parameters<SshPool["exec"]>[0];

async function run({ node, command }: Case, connection: Connection | undefined): Promise<Result> {
  if (node === undefined) return runLocal({ command });
  if (connection === undefined) throw new UserError(`found no node ${node}, expected a lab that is built`, 1);
  const pool = new SshPool();
  try {
    return await pool.exec(connection, { command });
  } finally {
    pool.close();
  }
}

/** Makes the lab clean. @throws UserError when that fails: a disturbance would show nothing */
export async function makeClean(stack: string): Promise<void> {
  if ((await verify(stack)).clean) return;
  await lab(stack, "up");
  const { seconds, last } = await recovery(() => verify(stack));
  if (seconds === undefined)
    throw new UserError(`${stack} is not clean before the disturbance: ${last.join(", ")}`, 1);
}
