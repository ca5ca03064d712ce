import type { LabEvent } from "../../lab/index.ts";
import { loadLab } from "../another-lab.ts";
import type { CliCommand } from "../command.ts";
import { table } from "../display/table.ts";
import { duration } from "../display/text.ts";
import { concluded, followed } from "../follow.ts";

type Started = Extract<LabEvent, { type: "started" }>;

export const preview: CliCommand = {
  name: "preview",
  summary: "say what `up` would do, and do nothing",
  options: [["--lab <id>", "what going on to this lab would do, e.g. lab002"]],
  run: async (invocation) => {
    const { context } = invocation;
    const { stack, config } = await loadLab(invocation);
    const planned: Started[] = [];
    const run = await followed(invocation, "preview", Object.keys(config.nodes), ({ onEvent, signal }) =>
      context.lab.up(stack, config, {
        preview: true,
        signal,
        onEvent: (event) => {
          if (event.type === "started") planned.push(event);
          onEvent(event);
        },
      }),
    );
    const { unchanged, seconds } = run.report;
    return concluded(invocation, run, () => lines(stack, planned, unchanged, seconds));
  },
};

function lines(stack: string, planned: readonly Started[], unchanged: number, seconds: number): string[] {
  if (planned.length === 0)
    return [`Nothing to change: all ${unchanged} parts of ${stack} are as they should be.`];
  const rows = planned.map((item) => [item.operation, item.node ?? "-", item.step ?? "", item.title]);
  const total = `${planned.length} to change, ${unchanged} unchanged (${duration(seconds)}). Nothing was done.`;
  return [...table(rows), "", total];
}
