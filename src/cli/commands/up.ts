import { writeLab } from "../../config/change-lab.ts";
import { shownFile } from "../../config/stack-file.ts";
import type { CurrentStack, Stack } from "../../engine/stack.ts";
import { waitAfterRestore } from "../../run/after-restore.ts";
import { refuseEarlierLab } from "../../run/another-lab.ts";
import type { CheckResult } from "../../verify/results.ts";
import { asking } from "../ask-step.ts";
import type { CliCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { styleFor } from "../display/style.ts";
import { summary } from "../display/summary.ts";
import { concluded, followed } from "../follow.ts";
import { Interrupted } from "../interrupt.ts";
import { openStack } from "../stack.ts";

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
    const stack = openStack(invocation, options.lab);
    // Before the state is read.
    await context.lab.finishRestore(stack.name, (text) => context.stderr.write(`${text}\n`));
    const nodes = Object.keys(stack.config.nodes);
    if (options.lab !== undefined) await refuseEarlierLab(stack);
    const frame = { verb: "up", asks: person !== undefined } as const;
    const run = await followed(invocation, frame, nodes, async ({ onEvent, signal, say }) => {
      await waitAfterRestore(stack, failing(context), say, signal);
      return context.lab.up(stack, {
        sequential: options.sequential === true,
        ...(through === undefined ? {} : { through }),
        ...(person === undefined ? {} : { ask: person.ask }),
        signal,
        onEvent: (event) => {
          // Nothing is in the way any more, and nothing is done yet.
          if (event.type === "plan") noteLab(stack, options.lab, say);
          onEvent(event);
        },
      });
    });
    if (person?.interrupted() !== undefined) throw new Interrupted();
    const { stdout, env } = context;
    return concluded(invocation, run, () =>
      summary(stack.name, run.state, run.report, styleFor(stdout, env), stdout.columns, through),
    );
  },
};

/** Writes the lab that was asked for into the stack's file: bare `pulumi` reads it there. */
function noteLab({ name, folder }: Stack, lab: string | undefined, say: (text: string) => void): void {
  if (lab !== undefined && writeLab(name, folder, lab)) say(`${shownFile(name, folder)} now says ${lab}`);
}

/** The checks of all steps that are done and that fail. */
const failing =
  ({ lab }: Context) =>
  async (stack: CurrentStack, only: readonly string[], signal: AbortSignal): Promise<CheckResult[]> => {
    const results = await lab.verify(stack, { only, meant: stack.done, signal });
    return results.filter(({ ok }) => !ok);
  };
