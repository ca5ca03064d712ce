import { UserError } from "../config/errors.ts";
import { examine } from "./doctor.ts";
import { REQUIREMENTS } from "./requirements.ts";
import type { DoctorRow, Requirement, Say } from "./types.ts";

export interface SetupOptions {
  readonly say: Say;
  /** Leave out what the first lab does not need. @default false */
  readonly quick?: boolean;
  /** @default all of them */
  readonly requirements?: readonly Requirement[];
}

/**
 * Provides what this machine lacks, one requirement after the other. Where nothing is missing it changes and prints nothing.
 * @returns what was provided
 * @throws UserError for what only a person can fix, before any later requirement is provided
 */
export async function runSetup(options: SetupOptions): Promise<DoctorRow[]> {
  const { say, quick = false, requirements = REQUIREMENTS } = options;
  const provided: DoctorRow[] = [];
  for (const requirement of requirements) {
    const { later = false, run } = requirement.fix;
    if (quick && later) continue;
    const before = await examine(requirement);
    if (before.state === "ok" || (before.state === "warn" && run === undefined)) continue;
    if (run === undefined) throw lacking(requirement, before);
    say(`${requirement.title}: ${before.found}. Needed by ${requirement.neededBy}.`);
    await run(say);
    const after = await examine(requirement);
    if (after.state === "missing") throw lacking(requirement, after);
    provided.push(after);
  }
  return provided;
}

function lacking({ title, neededBy }: Requirement, { found, mend }: DoctorRow): UserError {
  return new UserError(`${title}: ${found}. Needed by ${neededBy}.\nTo fix it: ${mend}`, 1);
}
