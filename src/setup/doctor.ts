import { REQUIREMENTS } from "./requirements.ts";
import type { DoctorRow, Requirement } from "./types.ts";

/** Checks all requirements of this machine at the same time. Changes nothing. */
export function doctor(requirements: readonly Requirement[] = REQUIREMENTS): Promise<DoctorRow[]> {
  return Promise.all(requirements.map(examine));
}

/** Checks one requirement. */
export async function examine({ id, title, probe, fix }: Requirement): Promise<DoctorRow> {
  const finding = await probe();
  const { found, state } = finding;
  return { id, title, found, state, mend: state === "ok" ? "" : (finding.fix ?? fix.text) };
}
