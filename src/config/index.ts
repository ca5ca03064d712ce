export { parseRuntimeConfig, parseStackConfig } from "./parse.ts";
