import { getStack, type Output, runtime } from "@pulumi/pulumi";
import { parseRuntimeConfig } from "../config/index.ts";
import { LabStack } from "./lab.ts";

/** The one Pulumi program: the stack's configuration in, its resources out. `lab` and bare `pulumi` both run it. */
export function program(): { keystone: Output<string>; dashboard: Output<string> } {
  const stack = getStack();
  const { keystone, dashboard } = new LabStack(stack, parseRuntimeConfig(stack, runtime.allConfig()));
  return { keystone, dashboard };
}
