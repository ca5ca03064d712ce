import { stillStarting } from "../../run/after-restore.ts";
import type { Preview } from "../../run/preview.ts";
import type { Invocation } from "../command.ts";
import { differenceLines, differenceRecords, hasDrifted } from "./differences.ts";
import { type Style, styleFor } from "./style.ts";
import { table } from "./table.ts";
import { duration } from "./text.ts";

export const previewRecords = ({ probed, toDo }: Preview): object[] => differenceRecords(probed, toDo);

export function previewLines({ context }: Invocation, stack: string, preview: Preview): string[] {
  const { probed, toDo, target } = preview;
  const style = styleFor(context.stdout, context.env);
  const starting = hasDrifted(probed) ? stillStarting(target) : undefined;
  return [
    ...differenceLines(probed, toDo, style),
    ...(starting === undefined ? [] : [starting, ""]),
    ...conclusion(stack, preview, style),
  ];
}

/** What is to be done besides the steps that are shown, and how much it is. */
function conclusion(
  stack: string,
  { report: { unchanged, seconds }, changes, toDo, probed }: Preview,
  style: Style,
): string[] {
  const { steps, unreachable, causes = [] } = probed;
  const again = steps.filter(({ status }) => status === "drifted").length;
  if (changes.length === 0 && again === 0 && unreachable.length + causes.length === 0)
    return [`Nothing to change: all ${unchanged} parts of ${stack} are as they should be.`];
  const shown = new Set([
    ...steps.filter(({ status }) => status !== "in sync").map(({ planned }) => planned.name),
    ...toDo.map(({ name }) => name),
  ]);
  const rows = changes
    .filter(({ name, operation }) => !shown.has(name) || operation === "delete")
    .map((item) => [item.operation, item.node ?? "-", item.step ?? "", item.title]);
  const counts = `${changes.length} to change${again > 0 ? `, ${again} to do again` : ""}, ${unchanged - again} unchanged`;
  return [
    ...(rows.length > 0 ? [style.strong("Besides:"), ...table(rows).map((row) => `  ${row}`), ""] : []),
    `${counts} (${duration(seconds)}). Nothing was done.`,
  ];
}
