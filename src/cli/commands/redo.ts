import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import { THIS_MACHINE } from "../../curriculum/types.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import type { CliCommand } from "../command.ts";
import { duration } from "../display/text.ts";
import { interruptible } from "../interrupt.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const redo: CliCommand = {
  name: "redo",
  summary: "do one step again, as it is in the course, and show what it says; its exit code is this one's",
  arguments: [["<step>", "e.g. keystone/bootstrap, or on one node alone nova-compute/start@compute"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const [wanted = ""] = args;
    const stack = await openStack(invocation).built();
    const found = stepNamed(wanted, stack.steps);
    const missing = found.filter(({ name }) => !stack.done.has(name)).map(({ name }) => name);
    if (missing.length > 0) {
      throw new UserError(
        `${missing.join(", ")}: found not done yet, expected a step that is; \`${LAB} up --through ${wanted}\` does it with all it needs.`,
        1,
      );
    }
    const say = (text: string): unknown => context.stderr.write(`${text}\n`);
    for (const planned of found) {
      const { name, step, node } = planned;
      if (!options.json) say(`${step.id} on ${node === THIS_MACHINE ? "this machine" : node}: ${step.title}`);
      const began = Date.now();
      const code = await interruptible(context, say, (signal) =>
        context.lab.redo(stack, planned, {
          signal,
          onOutput: (text) =>
            options.json
              ? writeJson(context.stdout, { type: "output", name, text })
              : context.stdout.write(text),
        }),
      );
      const seconds = (Date.now() - began) / 1000;
      if (options.json) writeJson(context.stdout, { type: "done", name, step: step.id, node, code, seconds });
      else say(code === 0 ? `done in ${duration(seconds)}` : `failed with exit code ${code}`);
      if (code !== 0) return code;
    }
    return 0;
  },
};

/** @throws UserError (exit code 2) with the nearest match; of its service all steps are listed */
function stepNamed(name: string, course: readonly PlannedStep[]): PlannedStep[] {
  const found = course.filter((item) => item.step.id === name || item.name === name);
  if (found.length > 0) return found;
  const [id = ""] = name.split("@");
  const steps = [...new Set(course.map((item) => item.step.id))];
  const own = course.filter((item) => item.step.id === id).map((item) => item.name);
  const siblings = steps.filter((step) => step.startsWith(`${id.split("/")[0]}/`));
  const listed = own.length > 0 ? own : siblings.length > 0 ? siblings : undefined;
  const problem = notOneOf(["step"], name, listed ?? steps);
  if (listed !== undefined) throw new UserError(showProblem(problem));
  throw new UserError(
    showProblem({ ...problem, expected: `a step of the course; \`${LAB} status\` names them` }),
  );
}
