import { REQUIREMENTS } from "./requirements.ts";
import type { DoctorRow, Requirement } from "./types.ts";

/** Looks at everything this machine must have, all at once, and changes nothing. */
export function doctor(requirements: readonly Requirement[] = REQUIREMENTS): Promise<DoctorRow[]> {
  return Promise.all(requirements.map(examine));
}

/** One requirement's row. */
export async function examine({ id, title, probe, mend }: Requirement): Promise<DoctorRow> {
  const finding = await probe();
  const { found, state } = finding;
  return { id, title, found, state, mend: state === "ok" ? "" : (finding.mend ?? mend.text) };
}
