export { UserError } from "./errors.ts";
export { parseRuntimeConfig, parseStackConfig } from "./parse.ts";
export type { LocalHardware, NetworkConfig, NodeConfig, StackConfig } from "./schema.ts";
export { readStackFile } from "./stack-file.ts";
