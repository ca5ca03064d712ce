import type { Step } from "./types.ts";

/** The handbook's page of a step, relative to its first page: `services/keystone.html#populate-database`. */
export function pageOf({ id }: Pick<Step, "id">): string {
  const [service = "", step] = id.split("/");
  return `${servicePage(service)}#${step}`;
}

/** The page of a service. */
export const servicePage = (service: string): string => `services/${service}.html`;
