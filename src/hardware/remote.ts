import type { Node } from "./types.ts";

/**
 * How every script runs on a node. The environment tells the command plugin that a script may be sent again over a new connection,
 * and that it runs as root. The last output is not passed on: no script reads it, and the plugin would have to mask
 * everything that looks like a secret one.
 */
export const remoteScript = ({ sudo = false }: Pick<Node, "sudo">) => ({
  environment: {
    SCRATCHSTACK_IDEMPOTENT: "1",
    // Only where it has an effect: one variable more is a difference to what is built.
    ...(sudo ? { SCRATCHSTACK_ROOT: "1" } : {}),
  },
  addPreviousOutputInEnv: false,
});
