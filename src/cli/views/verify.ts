import { LAB } from "../../config/paths.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import { onNodeCommand } from "../../plan/suggested-commands.ts";
import type { CheckResult } from "../../verify/results.ts";
import type { Invocation } from "../command.ts";
import { checkJson, checkLines, titlesOf } from "./check.ts";
import { heartbeats } from "./heartbeat.ts";
import { writeJson } from "./show.ts";
import { styleFor } from "./style.ts";
import { beyondTarget } from "./target.ts";
import { clean, duration } from "./text.ts";

/** How many root causes are named. */
const MOST = 5;

interface VerifyView {
  readonly checked: (result: CheckResult) => void;
  /** Call this when no more results come, also after an error. */
  readonly allChecked: () => void;
  readonly end: (results: readonly CheckResult[], rootCauses: readonly CheckResult[]) => void;
}

/** Prints each check as its result is known, then how many failed, and which failures to look at first. */
export function verifyView({ context, options }: Invocation, current: CurrentStack): VerifyView {
  const { stdout, env } = context;
  const style = styleFor(stdout, env);
  const titles = titlesOf(current.steps);
  const began = Date.now();
  const alive = heartbeats(context, (count, seconds) => `… ${count} checks done, ${seconds}`);
  return {
    checked: (result) => {
      alive.sign();
      if (options.json) writeJson(stdout, checkJson(result, titles));
      else stdout.write(`${checkLines(result, titles, style).join("\n")}\n`);
    },
    allChecked: alive.end,
    end: (results, rootCauses) => {
      if (options.json) return;
      const failed = results.filter(({ ok }) => !ok).length;
      const lines = [
        ...(failed < 2 ? [] : lookFirst(rootCauses)),
        "",
        `${results.length - failed} ok, ${failed} failed (${duration((Date.now() - began) / 1000)})`,
      ];
      const beyond = beyondTarget(current);
      stdout.write(`${[...lines, ...(beyond === undefined ? [] : [beyond])].join("\n")}\n`);
    },
  };
}

/** With one failure there is nothing to choose. */
function lookFirst(rootCauses: readonly CheckResult[]): string[] {
  const more = rootCauses.length - MOST;
  return [
    "",
    "Look first at what no other failure explains:",
    ...rootCauses
      .slice(0, MOST)
      .flatMap(({ node, check, seen, fix }) => [
        `  ${node}  ${check}: ${clean(seen)}`,
        ...(fix === undefined ? [] : [`    to fix: ${LAB} ${onNodeCommand(node, fix)}`]),
      ]),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
