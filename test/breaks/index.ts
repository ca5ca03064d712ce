import { lab001, lab002 } from "../../src/curriculum/labs.ts";
import type { Lab } from "../../src/curriculum/types.ts";
import { breakOf } from "./by-kind.ts";
import { SPECIAL } from "./special.ts";
import type { CheckBreak } from "./types.ts";

/**
 * A break for every check of a lab, in course order.
 * @throws Error naming the check that nobody has thought how to break
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

/** Those of a lab that the lab before does not have. */
export function newBreaks(lab: Lab, before: Lab): CheckBreak[] {
  const known = new Set(breaksOf(before).map((item) => item.check));
  return breaksOf(lab).filter((item) => !known.has(item.check));
}

/** docs/breaks.md. */
export function breaksPage(): string {
  return [
    "# What was broken, and the check that names it",
    "Made by `npm run breaks` from `test/breaks`. The integration tests break each of these on a real lab, see `lab verify` name it, mend",
    "it, and see the check ok again. Where no mend is given, the step's own script mends it: the same that `lab up` runs.",
    "",
    "## Lab001",
    ...table(breaksOf(lab001)),
    "",
    "## Lab002, besides",
    ...table(newBreaks(lab002, lab001)),
    "",
  ].join("\n");
}

const table = (items: readonly CheckBreak[]): string[] => [
  "| broken | named by |",
  "| --- | --- |",
  ...items.map((item) => `| ${item.title} | \`${item.check}\` |`),
];
