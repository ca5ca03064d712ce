import { getStack, type Output, runtime } from "@pulumi/pulumi";
import { parseRuntimeConfig } from "../config/index.ts";
import type { StackConfig } from "../config/schema.ts";
import { LabStack } from "./lab.ts";

/**
 * The one Pulumi program: the stack's configuration in, its resources out. `lab` and bare `pulumi` both run it.
 * @param config as `lab` has checked it. @default what the engine read from the stack's file
 */
export function program(config?: StackConfig): { keystone: Output<string>; dashboard: Output<string> } {
  const stack = getStack();
  const { keystone, dashboard } = new LabStack(
    stack,
    config ?? parseRuntimeConfig(stack, runtime.allConfig()),
  );
  return { keystone, dashboard };
}
