import { LAB } from "../../config/paths.ts";
import type { PlannedStep } from "../../plan/planned-steps.ts";
import type { CheckResult } from "../../verify/results.ts";
import { suggestionFor } from "../../verify/suggestions.ts";
import type { Style } from "./style.ts";
import { clean } from "./text.ts";

/** Step → its title. */
export type Titles = ReadonlyMap<string, string>;

export const titlesOf = (course: readonly PlannedStep[]): Titles =>
  new Map(course.map(({ step }) => [step.id, step.title]));

/** A line for a check. For a failed one also its step, what was expected, what was found, and suggested commands. */
export function checkLines(result: CheckResult, titles: Titles, style: Style): string[] {
  const { check, node, ok } = result;
  if (ok) return [`${style.good("ok")}      ${node}  ${check}`];
  return [
    `${style.bad("failed")}  ${node}  ${check}`,
    ...details(result, titles).map(([name, text]) => `          ${`${name}:`.padEnd(9)} ${text}`),
  ];
}

function details(result: CheckResult, titles: Titles): [name: string, text: string][] {
  const { step, expected, seen, fault } = result;
  const suggestion = suggestionFor(result);
  const title = titles.get(step);
  return [
    ...(title === undefined ? [] : [["step", clean(title)] as [string, string]]),
    ["expected", clean(expected)],
    ["seen", clean(seen)],
    ...(suggestion === undefined
      ? []
      : ([
          ["read", [`${suggestion.page} (${LAB} handbook)`, ...more(suggestion.troubleshooting)].join(", ")],
          [
            fault === "cause" ? "to fix" : "go back",
            suggestion.commands.map((words) => `${LAB} ${words}`).join(", else "),
          ],
        ] as [string, string][])),
  ];
}

const more = (troubleshooting: boolean): string[] => (troubleshooting ? ["docs/troubleshooting.md"] : []);

/** The same for programs. */
export function checkJson(result: CheckResult, titles: Titles): object {
  const { check, step, node, ok, expected, seen, fault } = result;
  const suggestion = suggestionFor(result);
  const { page, commands } = suggestion ?? {};
  return {
    ...{ check, step, node, title: titles.get(step), ok, expected, seen, fault, page },
    back: commands?.map((words) => `${LAB} ${words}`),
  };
}
