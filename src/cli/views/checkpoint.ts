import type { KnownCheckpoint } from "../../checkpoints/index.ts";
import type { CheckpointRecord } from "../../checkpoints/record.ts";
import { LAB } from "../../config/paths.ts";
import type { ConfiguredStack } from "../../config/schema.ts";
import type { Invocation } from "../command.ts";
import { show } from "./show.ts";
import { table } from "./table.ts";
import { duration } from "./text.ts";

/** How much was done when a checkpoint was saved. */
export const doneBy = ({ services, steps }: Pick<CheckpointRecord, "services" | "steps">): string =>
  `${services.done} of ${services.total} services, ${steps.done} of ${steps.total} steps done`;

/** A checkpoint as programs get it. */
const record = (stack: string, checkpoint: CheckpointRecord): object => {
  const { name, at, automatic, lab, nodes, services, steps } = checkpoint;
  return { type: "checkpoint", stack, name, at, automatic, lab, nodes, services, steps };
};

/** @param lost how many more cannot be restored */
export const checkpointsView = (
  invocation: Invocation,
  stack: string,
  all: readonly KnownCheckpoint[],
  lost: number,
): void =>
  show(
    invocation,
    () => lines(stack, all, lost),
    () => all.map((one) => ({ ...record(stack, one), bytes: one.bytes, counted: one.counted })),
  );

export const savedView = (invocation: Invocation, stack: string, saved: CheckpointRecord): void =>
  show(
    invocation,
    () => [`${stack} as it is now is saved as ${saved.name}: ${doneBy(saved)}.`],
    () => [record(stack, saved)],
  );

export const deletedView = (invocation: Invocation, stack: string, name: string): void =>
  show(
    invocation,
    () => [`Checkpoint ${name} of ${stack} is deleted.`],
    () => [{ type: "summary", stack, ok: true, deleted: name }],
  );

export const restoredView = (
  invocation: Invocation,
  { name: stack, config }: ConfiguredStack,
  { name, lab }: Pick<CheckpointRecord, "name" | "lab">,
  seconds: number,
): void =>
  show(
    invocation,
    () => [
      `${stack} is back at ${name} (${duration(seconds)}).${lab === config.lab ? "" : ` The stack's file says ${config.lab}: \`${LAB} up\` goes on to it.`}`,
      `Its services are starting: \`${LAB} verify\` checks what is done, \`${LAB} up\` goes on.`,
    ],
    () => [{ type: "summary", stack, ok: true, checkpoint: name, lab, seconds }],
  );

function lines(stack: string, all: readonly KnownCheckpoint[], lost: number): string[] {
  const gone =
    lost === 0
      ? []
      : [
          "",
          `${lost} more cannot be restored: a node of theirs was made anew since, and its snapshots went with it.`,
        ];
  if (all.length === 0) {
    const how = `\`${LAB} checkpoint save NAME\` saves one now, \`${LAB} up\` one after each service.`;
    return [`${stack} has no checkpoint. ${how}`, ...gone];
  }
  const counted = all.every((one) => one.counted === "snapshots");
  const head = ["CHECKPOINT", "SAVED", "LAB", "SERVICES", "STEPS", counted ? "SIZE" : "STATE"];
  const rows = all.map(({ name, at, lab, services, steps, bytes }) => [
    name,
    localTime(at),
    lab,
    `${services.done}/${services.total}`,
    `${steps.done}/${steps.total}`,
    mebibytes(bytes),
  ]);
  const shared =
    "The size is that of its copy of the state: the snapshots share their blocks with the nodes, so their size is not known.";
  return [...table([head, ...rows]), ...(counted ? [] : ["", shared]), ...gone];
}

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** `2026-11-21 18:30:43`, in this machine's time zone. */
export function localTime(iso: string): string {
  const at = new Date(iso);
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19).replace("T", " ");
}
