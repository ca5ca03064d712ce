import { reading } from "../../src/engine/reading.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";

/** A reading of the shape that another folder of src would export: it counts the steps of a service. */
export const counting = reading({
  name: "count",
  summary: "count the steps of services",
  arguments: [["[service...]", "only these services"]],
  options: [["--lab <id>", "of this lab"]],
  read: async ({ stack, args }) => {
    const services = plannedSteps(stack.config).map(({ service }) => service);
    const wanted = args.length > 0 ? args : [...new Set(services)];
    const counts = wanted.map((name) => ({ name, steps: services.filter((one) => one === name).length }));
    return {
      lines: counts.map(({ name, steps }) => `${name}: ${steps}`),
      records: counts,
      notes: [`${stack.name} is read`],
      code: counts.some(({ steps }) => steps === 0) ? 1 : 0,
    };
  },
});
