import type { ObservedNode } from "../engine/observed.ts";
import { runLocal } from "../transport/local.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { Result } from "../transport/types.ts";

/** A place where it is looked whether steps hold. */
export interface Reached {
  /** As it is named where it cannot be reached. */
  readonly name: string;
  /** Runs a command that changes nothing: where the connection breaks it is sent again. */
  readonly run: (command: string, signal?: AbortSignal) => Promise<Result>;
}

export function onNode(pool: SshPool, node: ObservedNode): Reached {
  const connection = { ...node.connection, dialErrorLimit: 3, perDialTimeout: 10 };
  return {
    name: `${node.name} (${connection.host})`,
    run: (command, signal) =>
      pool.exec(connection, { command, idempotent: true, root: true, ...(signal && { signal }) }),
  };
}

export const onThisMachine: Reached = {
  name: "this machine",
  run: (command, signal) => runLocal({ command, ...(signal && { signal }) }),
};

/** @returns undefined where the place answers, else why it does not */
export async function unreachable(reached: Reached, signal?: AbortSignal): Promise<string | undefined> {
  return reached.run("true", signal).then(
    () => undefined,
    (error: Error) => error.message,
  );
}
