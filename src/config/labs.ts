import { LABS } from "../curriculum/labs.ts";
import type { Role } from "../curriculum/types.ts";

/** Id of a lab → roles that some node of it must have. All that configuration knows of labs. */
export type LabRoles = Readonly<Record<string, readonly Role[]>>;

/** The labs there are. */
export const LAB_ROLES: LabRoles = Object.fromEntries(
  Object.values(LABS).map(({ id, roles }) => [id, roles]),
);
