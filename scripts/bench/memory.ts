import { observe } from "../../src/engine/state.ts";
import { SshPool } from "../../src/transport/ssh.ts";

/** Prints the sum of the proportional set sizes of all processes of a node, in MiB: shared pages are divided among those that share them. */
const PSS =
  "cat /proc/[0-9]*/smaps_rollup 2>/dev/null | awk '/^Pss:/ { sum += $2 } END { print int(sum / 1024) }'";

/** Memory of each node of a stack, in MiB, with its servers. */
export async function memoryOf(stack: string): Promise<Record<string, number>> {
  const pool = new SshPool();
  try {
    const found: Record<string, number> = {};
    for (const node of (await observe(stack)).nodes) {
      found[node.name] = Number((await pool.exec(node.connection, { command: PSS })).stdout);
    }
    return found;
  } finally {
    pool.close();
  }
}
