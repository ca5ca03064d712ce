import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { kindsWith } from "../hardware/lookup.ts";

/** What is to be said where the hardware cannot go back to an earlier moment. */
export const impossible = ({ hardware: { kind } }: StackConfig): UserError =>
  new UserError(
    `hardware.kind: found ${kind}, expected ${kindsWith("checkpoints")}: \`lab\` cannot put nodes of kind ${kind} back to an earlier moment. ` +
      "Take snapshots with what the nodes run on (hypervisor or cloud), of all of them together, and before them of the stack's " +
      "state (`scripts/pulumi stack export`). `lab reset` takes services back step by step, here too.",
  );
