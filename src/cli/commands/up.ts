import type { CliCommand } from "../command.ts";
import { styleFor } from "../display/style.ts";
import { summary, summaryJson } from "../display/summary.ts";
import { followed } from "../follow.ts";
import { writeJson } from "../json.ts";
import { reportFailures } from "../report-failures.ts";
import { loadStack } from "../stack.ts";

export const up: CliCommand = {
  name: "up",
  summary: "build the lab, or what is missing of it",
  options: [
    ["--yes", "accepted, for scripts: nothing is asked"],
    ["--sequential", "one step after the other, to compare"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { stack, config } = loadStack(invocation);
    const { report, state } = await followed(invocation, "up", config, (handlers) =>
      context.lab.up(stack, config, { ...handlers, sequential: options.sequential === true }),
    );
    if (options.json) writeJson(context.stdout, summaryJson(state, report));
    else {
      reportFailures(context, state, report);
      const style = styleFor(context.stdout, context.env);
      const lines = summary(stack, state, report, style, context.stdout.columns);
      context.stdout.write(`${lines.join("\n")}\n`);
    }
    return report.ok ? 0 : 1;
  },
};
