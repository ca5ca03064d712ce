export type { Action } from "./actions.ts";
export { LABS, lab001 } from "./labs.ts";
export { resolve, tokensOf, type Values } from "./tokens.ts";
export type { Check, Lab, Role, Service, Step } from "./types.ts";
