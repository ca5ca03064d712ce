import type { Recorded } from "../config/changes.ts";
import { type Observed, unwrap } from "./observed.ts";

/** The output of the root of a lab's resources that has the values which must stay while the lab is built. */
export const BUILT_WITH = "builtWith";

const ROOT = "scratchstack:lab:Lab";
const STACK = "pulumi:pulumi:Stack";

/** The values that a lab was built with, as far as its state tells. Of a lab from before they were recorded, that is the region. */
export function builtWith({ deployed }: Pick<Observed, "deployed">): Recorded {
  const outputsOf = (type: string): Readonly<Record<string, unknown>> => {
    const outputs = deployed.find((resource) => resource.type === type)?.outputs;
    return unwrap(outputs ?? {}) as Record<string, unknown>;
  };
  const recorded = outputsOf(ROOT)[BUILT_WITH];
  if (recorded !== undefined) return recorded as Recorded;
  const admin = outputsOf(STACK).admin as Readonly<Record<string, unknown>> | undefined;
  const region = admin?.OS_REGION_NAME;
  return region === undefined ? {} : { "settings.region": region };
}

/** Ids of the services of which a step is done. */
export const builtServices = ({ done }: Pick<Observed, "done">): ReadonlySet<string> =>
  new Set(done.map(({ step }) => step.split("/")[0] ?? ""));
