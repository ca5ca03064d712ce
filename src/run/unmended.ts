import type { Difference } from "../actions/types.ts";
import { LAB } from "../config/paths.ts";
import { resetCommand, verifyCommand } from "../plan/suggested-commands.ts";

/** Says that a step does not hold and `up` cannot bring that about: what differs, and what to do. @param wasTried the step was done again */
export function unmended(step: string, differences: readonly Difference[], wasTried: boolean): string {
  const seen = differences.map(({ what, expected, seen }) => `${what}: expected ${expected}, found ${seen}`);
  const fixes = new Set(differences.flatMap(({ fix }) => fix ?? []));
  const reset = `${LAB} ${resetCommand(step)}\`, then \`${LAB} up\`, or a checkpoint (\`${LAB} checkpoint list\`)`;
  return [
    wasTried ? "the step was done again, and still does not hold:" : "the step does not hold:",
    ...seen,
    ...(fixes.size > 0 ? [...fixes] : [`if it stays so (\`${LAB} ${verifyCommand(step)}\`): \`${reset}`]).map(
      (fix) => `To fix it: ${fix}`,
    ),
  ].join("\n");
}
