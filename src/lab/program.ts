import { getStack, runtime } from "@pulumi/pulumi";
import { parseRuntimeConfig } from "../config/index.ts";
import type { StackConfig } from "../config/schema.ts";
import { LabStack } from "./lab.ts";
import type { Again } from "./mending.ts";
import type { Outputs } from "./outputs.ts";

/**
 * The one Pulumi program: the stack's configuration in, its resources out. `lab` and bare `pulumi` both run it.
 * @param config as `lab` has checked it. @default what the engine read from the stack's file
 * @param again which steps `lab` wants done again. @default none: bare `pulumi` has `--refresh` for that
 */
export function program(config?: StackConfig, again?: Again): Outputs {
  const stack = getStack();
  return new LabStack(stack, config ?? parseRuntimeConfig(stack, runtime.allConfig()), again).outputs;
}
