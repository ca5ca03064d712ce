import { UserError } from "../config/errors.ts";
import { examine } from "./doctor.ts";
import { REQUIREMENTS } from "./requirements.ts";
import type { DoctorRow, Requirement, Say } from "./types.ts";

export interface SetupOptions {
  readonly say: Say;
  /** Leave out what the first lab does not need. @default false */
  readonly quick?: boolean;
  /** @default all of this machine's */
  readonly requirements?: readonly Requirement[];
}

/**
 * Mends what this machine lacks, one requirement after the other. Where nothing is lacking it changes and says nothing.
 * @returns what was mended
 * @throws UserError for what only a person can mend, before anything after it is touched
 */
export async function runSetup(options: SetupOptions): Promise<DoctorRow[]> {
  const { say, quick = false, requirements = REQUIREMENTS } = options;
  const mended: DoctorRow[] = [];
  for (const requirement of requirements) {
    const { later = false, run } = requirement.mend;
    if (quick && later) continue;
    const before = await examine(requirement);
    if (before.state === "ok" || (before.state === "warn" && run === undefined)) continue;
    if (run === undefined) throw lacking(requirement, before);
    say(`${requirement.title}: ${before.found}. Needed by ${requirement.neededBy}.`);
    await run(say);
    const after = await examine(requirement);
    if (after.state === "missing") throw lacking(requirement, after);
    mended.push(after);
  }
  return mended;
}

function lacking({ title, neededBy }: Requirement, { found, mend }: DoctorRow): UserError {
  return new UserError(`${title}: ${found}. Needed by ${neededBy}.\nTo mend it: ${mend}`, 1);
}
