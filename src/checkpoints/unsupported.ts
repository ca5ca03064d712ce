import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { kindsWith } from "../hardware/lookup.ts";

/** The error for hardware without checkpoints, with what to do instead. */
export const checkpointsUnsupported = ({ hardware: { kind } }: StackConfig): UserError =>
  new UserError(
    `hardware.kind: found ${kind}, expected ${kindsWith("checkpoints")}: \`lab\` takes no checkpoints of nodes of kind ${kind}. ` +
      "Export the stack's state (`scripts/pulumi stack export`), then take snapshots of all nodes together with the hypervisor or " +
      "cloud that they run on. `lab reset` undoes services step by step on this hardware too.",
  );
