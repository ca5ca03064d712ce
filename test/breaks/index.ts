import { lab001, lab002 } from "../../src/curriculum/labs.ts";
import type { Lab } from "../../src/curriculum/types.ts";
import { breakOf } from "./by-kind.ts";
import { SPECIAL } from "./special.ts";
import type { CheckBreak } from "./types.ts";

/**
 * A break for every check of a lab, in course order.
 * @throws Error with the name of a check without a break
 */
export function breaksOf(lab: Lab): CheckBreak[] {
  return lab.services
    .flatMap((service) => service.steps)
    .flatMap((step) =>
      [step.id, ...(step.checks ?? []).map((check) => `${step.id}:${check.name}`)].map((check) => {
        const found = SPECIAL[check] ?? breakOf(step.action);
        if (found === undefined) throw new Error(`${check} has no break: add one to test/breaks/special.ts`);
        return { ...found, check, step: step.id };
      }),
    );
}

/** The breaks of a lab that the lab before it does not have. */
export function newBreaks(lab: Lab, before: Lab): CheckBreak[] {
  const known = new Set(breaksOf(before).map((item) => item.check));
  return breaksOf(lab).filter((item) => !known.has(item.check));
}

/** docs/breaks.md. */
export function breaksPage(): string {
  return [
    "# What is broken, and the check that names it",
    "`npm run breaks` writes this page from `test/breaks`. For each row, the integration tests break a real lab, run `lab verify`, which must",
    "name the check, fix the break, and see the check ok again. If a break has no fix of its own, the tests run the script of the step, as `lab up` does.",
    "",
    "## Lab001",
    ...table(breaksOf(lab001)),
    "",
    "## Lab002, in addition",
    ...table(newBreaks(lab002, lab001)),
    "",
  ].join("\n");
}

const table = (items: readonly CheckBreak[]): string[] => [
  "| broken | named by |",
  "| --- | --- |",
  ...items.map((item) => `| ${item.title} | \`${item.check}\` |`),
];
