import type { Step } from "./types.ts";

/** Where the handbook tells of a step, from its first page: `services/keystone.html#populate-database`. */
export function pageOf({ id }: Pick<Step, "id">): string {
  const [service = "", step] = id.split("/");
  return `${servicePage(service)}#${step}`;
}

/** The page of a service. */
export const servicePage = (service: string): string => `services/${service}.html`;
