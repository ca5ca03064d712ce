import type { KnownCheckpoint } from "../../checkpoints/index.ts";
import type { CheckpointRecord } from "../../checkpoints/record.ts";
import { checkpointsUnsupported } from "../../checkpoints/unsupported.ts";
import { LAB } from "../../config/paths.ts";
import type { CliCommand } from "../command.ts";
import { table } from "../display/table.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const checkpointList: CliCommand = {
  name: "list",
  summary: "checkpoints that can be gone back to, when each was taken and what was done by then",
  run: async (invocation) => {
    const { context, options } = invocation;
    const stack = openStack(invocation);
    const all = await context.lab.checkpoints(stack);
    if (all === undefined) throw checkpointsUnsupported(stack.config);
    const usable = all.filter(({ lost }) => lost.length === 0);
    if (options.json) {
      for (const { bytes, counted, ...record } of usable)
        writeJson(context.stdout, { ...checkpointJson(record), bytes, counted });
      return 0;
    }
    context.stdout.write(`${lines(stack.name, usable, all.length - usable.length).join("\n")}\n`);
    return 0;
  },
};

/** How much was done, in words. */
export const doneBy = ({ services, steps }: Pick<CheckpointRecord, "services" | "steps">): string =>
  `${services.done} of ${services.total} services, ${steps.done} of ${steps.total} steps done`;

/** A checkpoint as programs get it. */
export const checkpointJson = (record: CheckpointRecord): object => {
  const { name, at, automatic, lab, nodes, services, steps } = record;
  return { type: "checkpoint", name, at, automatic, lab, nodes, services, steps };
};

function lines(stack: string, all: readonly KnownCheckpoint[], lost: number): string[] {
  const gone =
    lost === 0
      ? []
      : [
          "",
          `${lost} more cannot be gone back to: a node of theirs was made anew since, and its snapshots went with it.`,
        ];
  if (all.length === 0) {
    const how = `\`${LAB} checkpoint save NAME\` keeps this moment, \`${LAB} up\` one after each service.`;
    return [`${stack} has no checkpoint. ${how}`, ...gone];
  }
  const counted = all.every((one) => one.counted === "snapshots");
  const head = ["CHECKPOINT", "TAKEN", "LAB", "SERVICES", "STEPS", counted ? "SIZE" : "STATE"];
  const rows = all.map(({ name, at, lab, services, steps, bytes }) => [
    name,
    localTime(at),
    lab,
    `${services.done}/${services.total}`,
    `${steps.done}/${steps.total}`,
    mebibytes(bytes),
  ]);
  const shared =
    "The size is that of its copy of the state: the snapshots share their blocks with the nodes, and nobody counts them.";
  return [...table([head, ...rows]), ...(counted ? [] : ["", shared]), ...gone];
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** `2026-11-21 18:30:43`, as clocks here show it. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}
