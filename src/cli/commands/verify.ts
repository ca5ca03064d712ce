import type { CheckResult } from "../../verify/results.ts";
import type { CliCommand } from "../command.ts";
import { checkJson, checkLines, titlesOf } from "../display/check.ts";
import { quietly } from "../display/quietly.ts";
import { styleFor } from "../display/style.ts";
import { beyondTarget } from "../display/target.ts";
import { clean, duration } from "../display/text.ts";
import { writeJson } from "../json.ts";
import { checkCourseNames } from "../names.ts";
import { openStack } from "../stack.ts";
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
    const stack = openStack(invocation);
    checkCourseNames(args, await stack.plannedSteps());
    if (options.watch) return watch(invocation, stack);
    const current = await stack.built();
    const style = styleFor(context.stdout, context.env);
    const titles = titlesOf(current.steps);
    const began = Date.now();
    const alive = quietly(context, (count, seconds) => `… ${count} checks done, ${seconds}`);
    const record = await context.lab.recordChecks(current);
    const results = await context.lab
      .verify(current, {
        only: args,
        meant: current.wanted,
        onResult: (result) => {
          record.add(result);
          alive.sign();
          if (options.json) writeJson(context.stdout, checkJson(result, titles));
          else context.stdout.write(`${checkLines(result, titles, style).join("\n")}\n`);
        },
      })
      .finally(alive.end);
    record.end(results, false);
    const failed = results.filter((result) => !result.ok).length;
    if (!options.json) {
      const first = await context.lab.rootCauses(results, current.steps);
      context.stdout.write(lookFirst(first, failed));
      const count = `${results.length - failed} ok, ${failed} failed`;
      context.stdout.write(`\n${count} (${duration((Date.now() - began) / 1000)})\n`);
      const later = beyondTarget(current);
      if (later !== undefined)
        context.stdout.write(`${later}
`);
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
