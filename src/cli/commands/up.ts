import { writeLab } from "../../config/change-lab.ts";
import { shownFile } from "../../config/stack-file.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import type { CheckResult } from "../../verify/results.ts";
import { askBeforeSteps } from "../ask-step.ts";
import { command } from "../command.ts";
import type { Context } from "../context.ts";
import { concludeRun, followRun } from "../follow.ts";
import { Interrupted } from "../interrupt.ts";
import { openStackToChange, rememberStack } from "../stack.ts";
import { styleFor } from "../views/style.ts";
import { summary } from "../views/summary.ts";

export const up = command({
  name: "up",
  summary: "build the lab, or what is missing of it, and do again what has drifted",
  options: [
    ["--yes", "accepted for scripts: nothing is asked"],
    ["--lab <id>", "go on to this lab, e.g. lab002; the stack file names it from then on"],
    ["--through <service-or-step>", "build this and its dependencies only, e.g. keystone or nova/map-cells"],
    ["--step", "ask before each step, one after the other"],
    ["--sequential", "do one step after the other, to compare times"],
  ],
  run: async (invocation) => {
    const { refuseEarlierLab } = await import("../../run/another-lab.ts");
    const { context, options } = invocation;
    const { lab, stderr, stdout, env } = context;
    const { through } = options;
    const person = options.step ? askBeforeSteps(invocation) : undefined;
    const stack = await openStackToChange(invocation, options.lab);
    const { name, folder } = stack;
    // Before the state is read.
    await lab.checkpoints.finishRestore(name, (text) => stderr.write(`${text}\n`));
    const nodes = Object.keys(stack.config.nodes);
    if (options.lab !== undefined) await refuseEarlierLab(stack);
    const shown = { stack: name, verb: "up", nodes, asks: person !== undefined } as const;
    const run = await followRun(invocation, shown, async ({ onEvent, signal, say }) => {
      const { waitAfterRestore } = await import("../../run/after-restore.ts");
      await waitAfterRestore(stack, failing(context), say, signal);
      return lab.run.up(stack, {
        sequential: options.sequential === true,
        ...(through === undefined ? {} : { through }),
        ...(person === undefined ? {} : { ask: person.ask }),
        signal,
        onEvent: (event) => {
          // Every check before the run has passed, and nothing is changed yet.
          if (event.type === "plan") {
            rememberStack(context, name);
            // Bare `pulumi` reads the lab there.
            if (options.lab !== undefined && writeLab(name, folder, options.lab))
              say(`${shownFile(name, folder)} now says ${options.lab}`);
          }
          onEvent(event);
        },
      });
    });
    if (person?.interrupted() !== undefined) throw new Interrupted();
    return concludeRun(invocation, run, () =>
      summary(name, run.state, run.report, styleFor(stdout, env), stdout.columns, through),
    );
  },
});

/** The checks of all steps that are done and that fail. */
const failing =
  ({ lab }: Context) =>
  async (stack: CurrentStack, only: readonly string[], signal: AbortSignal): Promise<CheckResult[]> => {
    const results = await lab.readings.verify(stack, { only, required: stack.done, signal });
    return results.filter(({ ok }) => !ok);
  };
