import { LAB } from "../../config/paths.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import type { RunReport } from "../../run/report.ts";
import type { ResetPlan } from "../../run/reset.ts";
import { doneBy, localTime } from "./checkpoint.ts";
import { duration } from "./text.ts";

/** What a reset is about to do, and how. @param service undefined for all services */
export function planText(
  { name: stack, steps }: CurrentStack,
  service: string | undefined,
  { checkpoint, asked, besides }: ResetPlan,
): string {
  const what = service ?? "what is done";
  const lines = [`  - ${asked.length} steps go: ${byService(asked, steps)}`];
  if (checkpoint === undefined)
    return [`This undoes ${what} of ${stack}, step by step:`, ...lines].join("\n");
  const { name, at } = checkpoint;
  return [
    `This undoes ${what} of ${stack} by restoring the checkpoint ${name} of ${localTime(at)} (${doneBy(checkpoint)}):`,
    ...lines,
    ...(besides.length > 0
      ? [`  - ${besides.length} steps that were done later go as well: ${byService(besides, steps)}`]
      : []),
    "  - everything else that was changed on its nodes since",
  ].join("\n");
}

export const resetLines = (
  stack: string,
  service: string | undefined,
  { asked }: ResetPlan,
  { ok, seconds }: RunReport,
): string[] => [
  ok
    ? `${service ?? "All"} of ${stack} is undone, ${asked.length} steps (${duration(seconds)}). ${LAB} up builds it again.`
    : `Not everything could be undone (${duration(seconds)}): the same command goes on.`,
];

/** `keystone (12), glance (7)`, in course order. */
function byService(names: readonly string[], course: readonly PlannedStep[]): string {
  const counts = new Map<string, number>();
  const wanted = new Set(names);
  for (const { name, service } of course) {
    if (wanted.has(name)) counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return [...counts].map(([service, count]) => `${service} (${count})`).join(", ");
}
