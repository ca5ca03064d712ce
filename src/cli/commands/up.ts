import { loadLab } from "../another-lab.ts";
import { asking } from "../ask-step.ts";
import type { CliCommand } from "../command.ts";
import { styleFor } from "../display/style.ts";
import { summary } from "../display/summary.ts";
import { concluded, followed } from "../follow.ts";
import { Interrupted } from "../interrupt.ts";
import { settled } from "../settle.ts";
import { chooseStack } from "../stack.ts";

export const up: CliCommand = {
  name: "up",
  summary: "build the lab, or what is missing of it, and mend what no longer holds",
  options: [
    ["--yes", "accepted, for scripts: nothing is asked"],
    ["--lab <id>", "go on to this lab, e.g. lab002; the stack's file says so from then on"],
    ["--through <service-or-step>", "only what it needs, and itself, e.g. keystone or nova/map-cells"],
    ["--step", "ask before each step, one after the other"],
    ["--sequential", "one step after the other, to compare"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { through } = options;
    const person = options.step ? asking(invocation) : undefined;
    // Before anything looks at the state.
    await context.lab.finishRestore(chooseStack(invocation), (text) => context.stderr.write(`${text}\n`));
    const { stack, config, note } = await loadLab(invocation);
    const frame = { verb: "up", asks: person !== undefined } as const;
    const run = await followed(
      invocation,
      frame,
      Object.keys(config.nodes),
      async ({ onEvent, signal, say }) => {
        await settled(context, stack, config, say, signal);
        return context.lab.up(stack, config, {
          sequential: options.sequential === true,
          ...(through === undefined ? {} : { through }),
          ...(person === undefined ? {} : { ask: person.ask }),
          signal,
          onEvent: (event) => {
            // Nothing is in the way any more, and nothing is done yet.
            if (event.type === "plan") note(say);
            onEvent(event);
          },
        });
      },
    );
    if (person?.interrupted() !== undefined) throw new Interrupted();
    const { stdout, env } = context;
    return concluded(invocation, run, () =>
      summary(stack, run.state, run.report, styleFor(stdout, env), stdout.columns, through),
    );
  },
};
