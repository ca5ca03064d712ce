import { LABS } from "../curriculum/labs.ts";
import type { Lab, Service, Step } from "../curriculum/types.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { mergeInOrder } from "./merge-in-order.ts";
import { stepOnNode } from "./step-on-node.ts";
import type { HandbookService, HandbookStep, Source } from "./types.ts";

/** The labs that a stack was built through; its own lab is the last. */
function labsOf({ config }: Pick<Source, "config">): Lab[] {
  return Object.values(LABS)
    .filter(({ id }) => id <= config.lab)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The course for the handbook: every service of the stack's lab in course order, and the services and steps that only earlier labs
 * have. `current` tells them apart.
 */
export function handbookCourse(source: Source): HandbookService[] {
  const labs = labsOf(source);
  const course = labs.flatMap((lab) => plannedSteps(source.config, lab).map((planned) => ({ lab, planned })));
  const services = labs.reduceRight<readonly Service[]>(
    (all, lab) => mergeInOrder(all, lab.services, ({ id }) => id),
    [],
  );
  return services.map((service) => {
    const steps = labs.reduceRight<readonly Step[]>((all, lab) => {
      const own = lab.services.find(({ id }) => id === service.id);
      return mergeInOrder(all, own?.steps ?? [], ({ id }) => id);
    }, []);
    return {
      service,
      steps: steps.map((step) => {
        const its = course.filter(({ planned }) => planned.step.id === step.id);
        const last = its.at(-1)?.lab.id;
        return handbookStep(
          source,
          its.filter(({ lab }) => lab.id === last).map(({ planned }) => planned),
          last === source.config.lab,
        );
      }),
    };
  });
}

function handbookStep(source: Source, on: readonly PlannedStep[], current: boolean): HandbookStep {
  const [first] = on;
  if (first === undefined) throw new Error("curriculum: a step has no node");
  const each = on.map((planned) => stepOnNode(source, planned));
  const done = new Set(source.observed.done.map(({ name }) => name));
  const { step } = first;
  return {
    step,
    see: each[0]?.see ?? step.see,
    on: grouped(each.map(({ see: _, ...one }) => one)),
    current,
    done: on.filter(({ name }) => done.has(name)).length,
    total: on.length,
  };
}

/** Groups the nodes on which the reader types the same. */
function grouped<T extends { readonly nodes: readonly string[] }>(each: readonly T[]): T[] {
  const groups = new Map<string, T>();
  for (const one of each) {
    const key = JSON.stringify({ ...one, nodes: [] });
    const known = groups.get(key);
    groups.set(key, known === undefined ? one : { ...known, nodes: [...known.nodes, ...one.nodes] });
  }
  return [...groups.values()];
}
