import type { Node } from "./types.ts";

/**
 * How every script of ours is run on a node. The environment is our promise to the command plugin: these scripts may be sent
 * again over a new connection, and are root's. The last output is not handed over: no script reads it, and where it is secret
 * the plugin would have to mask whatever looks like it.
 */
export const remoteScript = ({ sudo = false }: Pick<Node, "sudo">) => ({
  environment: {
    SCRATCHSTACK_IDEMPOTENT: "1",
    // Only where it means something: a promise more is a difference to what stands.
    ...(sudo ? { SCRATCHSTACK_ROOT: "1" } : {}),
  },
  addPreviousOutputInEnv: false,
});
