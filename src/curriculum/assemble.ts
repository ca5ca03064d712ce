import type { Lab, Service, Step } from "./types.ts";

/**
 * A lab with only the steps that belong to it. Ids of labs compare as text: lab001, lab002, …
 * @param all every service: an `after` may name a step that this lab does not have
 */
export function assemble(lab: Lab, all: readonly Service[]): Lab {
  const known = new Set(all.flatMap((service) => service.steps.map((step) => step.id)));
  const services = lab.services
    .map((service) => ({ ...service, steps: service.steps.filter((step) => belongs(step, lab.id)) }))
    .filter((service) => service.steps.length > 0);
  const own = new Set(services.flatMap((service) => service.steps.map((step) => step.id)));
  const absent = (need: string): boolean => {
    const [id = ""] = need.split("@");
    return known.has(id) && !own.has(id);
  };
  return {
    ...lab,
    services: services.map((service) => ({
      ...service,
      steps: service.steps.map((step) =>
        step.after?.some(absent) ? { ...step, after: step.after.filter((id) => !absent(id)) } : step,
      ),
    })),
  };
}

const belongs = ({ from = "", until }: Step, lab: string): boolean =>
  from <= lab && (until === undefined || lab < until);
