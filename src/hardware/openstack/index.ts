import { UserError } from "../../config/errors.ts";
import type { StackOn } from "../../config/schema.ts";
import type { Hardware, Known } from "../types.ts";
import { CloudError } from "./client.ts";
import { explain } from "./fault.ts";
import { placeOf } from "./places.ts";
import { preflight } from "./preflight.ts";
import { sweep } from "./sweep.ts";

/** Servers of an OpenStack cloud. */
export const openstack: Hardware = {
  places: (config: StackOn<"openstack">) => Object.keys(config.nodes).map((name) => placeOf(config, name)),
  preflight: (stack, config: StackOn<"openstack">) => preflight(stack, config),
  plugin: "openstack:",
  explain: (config: StackOn<"openstack">, name, message) => explain(config, name, message),
  sweep: (stack, config: StackOn<"openstack">, known) => swept(stack, config, known),
};

async function swept(stack: string, config: StackOn<"openstack">, known: Known): Promise<string[]> {
  try {
    return await sweep(stack, config, known);
  } catch (error) {
    if (!(error instanceof CloudError)) throw error;
    throw new UserError(
      `What is left of stack ${stack} in its cloud cannot be looked for: ${error.message}. ` +
        "See that the cloud can be reached and lets you in, then run `lab down` again.",
      1,
    );
  }
}
