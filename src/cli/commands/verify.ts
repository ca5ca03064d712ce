import { UserError } from "../../config/errors.ts";
import { targetSteps } from "../../engine/target.ts";
import type { CheckResult } from "../../verify/results.ts";
import type { CliCommand } from "../command.ts";
import { LAB } from "../context.ts";
import { checkJson, checkLines, titlesOf } from "../display/check.ts";
import { quietly } from "../display/quietly.ts";
import { styleFor } from "../display/style.ts";
import { clean, duration } from "../display/text.ts";
import { writeJson } from "../json.ts";
import { checkCourseNames } from "../names.ts";
import { configNow, notYet } from "../reach.ts";
import { loadStack } from "../stack.ts";
import { watch } from "../watch.ts";

/** How many are named that should be looked at first. */
const MOST = 5;

export const verify: CliCommand = {
  name: "verify",
  summary: "look whether everything still holds; changes nothing",
  arguments: [["[step-or-service...]", "only the checks of these, e.g. keystone or nova/start-api"]],
  options: [["--watch", "look again and again, and show what changes, until Ctrl-C"]],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const { stack, config } = loadStack(invocation);
    const whole = await context.lab.plannedSteps(config);
    checkCourseNames(args, whole);
    if (options.watch) return watch(invocation, stack, config, whole);
    const observed = await context.lab.observe(stack);
    if (!observed.exists) throw new UserError(`${stack} is not built yet: ${LAB} up builds it.`, 1);
    const now = configNow(context, stack, config, observed);
    const course = await context.lab.plannedSteps(now);
    const done = new Set(observed.done.map(({ name }) => name));
    const wanted = targetSteps(observed.target, course, done);
    const later = course.filter(({ name }) => !wanted.has(name)).length;
    const style = styleFor(context.stdout, context.env);
    const titles = titlesOf(course);
    const began = Date.now();
    const alive = quietly(context, (count, seconds) => `… ${count} checks done, ${seconds}`);
    const results = await context.lab
      .verify(now, observed, {
        only: args,
        meant: wanted,
        onResult: (result) => {
          alive.sign();
          if (options.json) writeJson(context.stdout, checkJson(result, titles));
          else context.stdout.write(`${checkLines(result, titles, style).join("\n")}\n`);
        },
      })
      .finally(alive.end);
    const failed = results.filter((result) => !result.ok).length;
    if (!options.json) {
      const first = await context.lab.rootCauses(results, now);
      context.stdout.write(lookFirst(first, failed));
      const count = `${results.length - failed} ok, ${failed} failed`;
      context.stdout.write(`\n${count} (${duration((Date.now() - began) / 1000)})\n`);
      if (observed.target !== undefined && later > 0)
        context.stdout.write(`${notYet(observed.target, later)}\n`);
    }
    return failed === 0 ? 0 : 1;
  },
};

/** With one failure there is nothing to choose. */
function lookFirst(first: readonly CheckResult[], failed: number): string {
  if (failed < 2) return "";
  const shown = first.slice(0, MOST).map(({ node, check, seen }) => `  ${node}  ${check}: ${clean(seen)}\n`);
  const more = first.length > MOST ? `  and ${first.length - MOST} more\n` : "";
  return `\nLook first at what no other failure explains:\n${shown.join("")}${more}`;
}
