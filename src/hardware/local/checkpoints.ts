import { UserError } from "../../config/errors.ts";
import { runLocal } from "../../transport/local.ts";
import type { Checkpoints, Snapshot } from "../types.ts";
import { removalScript, restoreScript, takeScript } from "./checkpoint-script.ts";
import { OWNER } from "./names.ts";

/** Snapshots of Incus instances. */
export const checkpoints: Checkpoints = {
  take: async (stack, nodes, id) => void (await incus(takeScript(stack, nodes, id))),
  stored: async (stack) => snapshotsIn(stack, await incus("incus query '/1.0/instances?recursion=2'")),
  restore: async (stack, nodes, id) => void (await incus(restoreScript(stack, nodes, id))),
  remove: async (stack, ids) => void (ids.length > 0 && (await incus(removalScript(stack, ids)))),
};

interface IncusInstance {
  readonly name: string;
  readonly config?: Readonly<Record<string, string>> | null;
  readonly snapshots?: readonly { readonly name: string; readonly size?: number }[] | null;
}

/** The snapshots of a stack's nodes. @param json what Incus answered */
export function snapshotsIn(stack: string, json: string): Snapshot[] {
  const all = JSON.parse(json) as IncusInstance[];
  return all
    .filter(({ config }) => config?.[OWNER] === stack)
    .flatMap(({ name, snapshots }) =>
      (snapshots ?? []).map((one) => ({
        id: one.name.slice(one.name.indexOf("/") + 1),
        node: name.slice(stack.length + 1),
        // -1 where the file system was not asked to count.
        bytes: one.size === undefined || one.size < 0 ? null : one.size,
      })),
    );
}

async function incus(command: string): Promise<string> {
  const { code, stdout, stderr } = await runLocal({ command });
  if (code === 0) return stdout;
  throw new UserError(`incus: ${stderr.trim()}. Run \`scripts/lab doctor\`.`, 1);
}
