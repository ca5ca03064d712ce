import type { CliCommand } from "../command.ts";
import { styleFor } from "../display/style.ts";
import { summary } from "../display/summary.ts";
import { concluded, followed } from "../follow.ts";
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
    const run = await followed(invocation, "up", Object.keys(config.nodes), (handlers) =>
      context.lab.up(stack, config, { ...handlers, sequential: options.sequential === true }),
    );
    const { stdout, env } = context;
    return concluded(invocation, run, () =>
      summary(stack, run.state, run.report, styleFor(stdout, env), stdout.columns),
    );
  },
};
