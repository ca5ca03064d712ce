import type { Step } from "./types.ts";

/** Where the handbook tells of a step, from its first page: `services/keystone.html#populate-database`. */
export function pageOf({ id }: Pick<Step, "id">): string {
  const [service, step] = id.split("/");
  return `services/${service}.html#${step}`;
}
