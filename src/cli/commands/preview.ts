import type { LabEvent } from "../../lab/index.ts";
import type { CliCommand } from "../command.ts";
import { summaryJson } from "../display/summary.ts";
import { table } from "../display/table.ts";
import { duration } from "../display/text.ts";
import { followed } from "../follow.ts";
import { writeJson } from "../json.ts";
import { reportFailures } from "../report-failures.ts";
import { loadStack } from "../stack.ts";

type Started = Extract<LabEvent, { type: "started" }>;

export const preview: CliCommand = {
  name: "preview",
  summary: "say what `up` would do, and do nothing",
  run: async (invocation) => {
    const { context, options } = invocation;
    const { stack, config } = loadStack(invocation);
    const planned: Started[] = [];
    const { report, state } = await followed(invocation, "preview", config, ({ onEvent, signal }) =>
      context.lab.up(stack, config, {
        preview: true,
        signal,
        onEvent: (event) => {
          if (event.type === "started") planned.push(event);
          onEvent(event);
        },
      }),
    );
    if (options.json) writeJson(context.stdout, summaryJson(state, report));
    else {
      reportFailures(context, state, report);
      context.stdout.write(`${lines(stack, planned, report.unchanged, report.seconds).join("\n")}\n`);
    }
    return report.ok ? 0 : 1;
  },
};

function lines(stack: string, planned: readonly Started[], unchanged: number, seconds: number): string[] {
  if (planned.length === 0)
    return [`Nothing to change: all ${unchanged} parts of ${stack} are as they should be.`];
  const rows = planned.map((item) => [item.operation, item.node ?? "-", item.step ?? "", item.title]);
  const total = `${planned.length} to change, ${unchanged} unchanged (${duration(seconds)}). Nothing was done.`;
  return [...table(rows), "", total];
}
