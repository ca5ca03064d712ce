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

/** The table of docs/breaks.md. */
export function breaksPage(lab: Lab): string {
  const rows = breaksOf(lab).map((item) => `| ${item.title} | \`${item.check}\` |`);
  return [
    "# What was broken, and the check that names it",
    "Made by `npm run breaks` from `test/breaks`. The integration tests break each of these on a real lab, see `lab verify` name it, mend",
    "it, and see the check ok again. Where no mend is given, the step's own script mends it: the same that `lab up` runs.",
    "",
    "| broken | named by |",
    "| --- | --- |",
    ...rows,
    "",
  ].join("\n");
}
