import { program } from "./program/lab-stack.ts";

/** What bare `pulumi up` runs; the exported constants are the stack's outputs. */
export const { nodes, keystone, dashboard, ssh, sshKey, admin } = await program();
