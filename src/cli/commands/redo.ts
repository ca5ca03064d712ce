import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import { THIS_MACHINE } from "../../curriculum/types.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import type { RunEvent } from "../../run/events.ts";
import type { CliCommand } from "../command.ts";
import type { Context } from "../context.ts";
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
    const onEvent = options.json ? jsonView(context) : personView(context);
    return interruptible(context, say, (signal) => context.lab.redo(stack, found, { onEvent, signal }));
  },
};

function personView({ stdout, stderr }: Context): (event: RunEvent) => void {
  const say = (text: string): unknown => stderr.write(`${text}\n`);
  return (event) => {
    const place =
      "node" in event && event.node === THIS_MACHINE ? "this machine" : "node" in event && event.node;
    if (event.type === "started") say(`${event.step} on ${place}: ${event.title}`);
    else if (event.type === "output") stdout.write(event.text);
    else if (event.type === "done") say(`done in ${duration(event.seconds)}`);
    else if (event.type === "failed" && event.code !== undefined) say(`failed with exit code ${event.code}`);
  };
}

/** A step that ended is one object with its exit code, done or failed. */
function jsonView({ stdout }: Context): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "output") {
      const { type, name, text } = event;
      writeJson(stdout, { type, name, text });
    } else if (event.type === "done" || (event.type === "failed" && event.code !== undefined)) {
      const { name, step, node, seconds } = event;
      const code = event.type === "done" ? 0 : event.code;
      writeJson(stdout, { type: "done", name, step, node, code, seconds });
    }
  };
}

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
