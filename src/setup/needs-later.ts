import { examine } from "./doctor.ts";
import { REQUIREMENTS } from "./requirements.ts";

/** Exits 0 where a quick set-up left out something that a full set-up provides, else 1. */
const later = REQUIREMENTS.filter(({ fix }) => fix.later === true);
const rows = await Promise.all(later.map(examine));
process.exitCode = rows.some(({ state }) => state !== "ok") ? 0 : 1;
