import { type RefusedChange, refusedChanges } from "../config/changes.ts";
import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import type { StackConfig } from "../config/schema.ts";
import { LABS } from "../curriculum/labs.ts";
import { builtServices, builtWith } from "../engine/built-with.ts";
import type { Observed } from "../engine/observed.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { reachedLab } from "./another-lab.ts";

/**
 * Refuses a configuration that a lab which is built cannot follow as a whole.
 * @param config the stack as it is to be
 * @throws UserError (exit code 2) naming every such key, the value that the lab was built with, and what to do
 */
export function refuseChanges(stack: string, config: StackConfig, state: Observed): void {
  const hardware = hardwareOf(config);
  const found = refusedChanges(builtWith(state), config, hardware, builtServices(state));
  const lines = [...earlierLab(stack, config, state), ...found.map((one) => refusal(stack, one))];
  if (lines.length === 0) return;
  throw new UserError(
    [
      `Stack ${stack} is built, and cannot follow its stack file as a whole; nothing was touched.`,
      ...lines,
    ].join("\n"),
  );
}

function earlierLab(stack: string, config: StackConfig, state: Observed): string[] {
  const reached = reachedLab(config, state);
  if (!(config.lab in LABS) || reached === undefined || reached <= config.lab) return [];
  return [
    `lab: found "${config.lab}", expected "${reached}", which it is at: a lab is continued, not taken back. ` +
      `To fix it: set it back to "${reached}", or run \`${LAB} down --stack ${stack}\` and then \`${LAB} up --stack ${stack}\` to build ` +
      "the earlier one.",
  ];
}

function refusal(stack: string, { where, found, built, why, reset }: RefusedChange): string {
  const up = `\`${LAB} up --stack ${stack}\``;
  const how =
    reset === undefined
      ? `set it back, run \`${LAB} down --stack ${stack}\`, set it to ${found}, then run ${up}`
      : `run \`${LAB} reset ${reset} --stack ${stack}\`, then ${up}`;
  return (
    `${where}: found ${found}, expected ${built}, which it was built with: ${why}. ` +
    `To fix it: set it back to ${built}. To change it: ${how}.`
  );
}
