import { loadLab } from "../another-lab.ts";
import type { CliCommand } from "../command.ts";
import { styleFor } from "../display/style.ts";
import { summary } from "../display/summary.ts";
import { concluded, followed } from "../follow.ts";

export const up: CliCommand = {
  name: "up",
  summary: "build the lab, or what is missing of it",
  options: [
    ["--yes", "accepted, for scripts: nothing is asked"],
    ["--lab <id>", "go on to this lab, e.g. lab002; the stack's file says so from then on"],
    ["--sequential", "one step after the other, to compare"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { stack, config, note } = await loadLab(invocation);
    const run = await followed(invocation, "up", Object.keys(config.nodes), ({ onEvent, signal, say }) =>
      context.lab.up(stack, config, {
        sequential: options.sequential === true,
        signal,
        onEvent: (event) => {
          // Nothing is in the way any more, and nothing is done yet.
          if (event.type === "plan") note(say);
          onEvent(event);
        },
      }),
    );
    const { stdout, env } = context;
    return concluded(invocation, run, () =>
      summary(stack, run.state, run.report, styleFor(stdout, env), stdout.columns),
    );
  },
};
