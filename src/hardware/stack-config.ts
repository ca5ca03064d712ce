import { readFileSync } from "node:fs";
import { noPlainLab, withLab } from "../config/change-lab.ts";
import type { Kinds } from "../config/kind.ts";
import type { LabRoles } from "../config/labs.ts";
import * as parser from "../config/parse.ts";
import type { StackConfig } from "../config/schema.ts";
import * as files from "../config/stack-file.ts";
import type { HardwareKind } from "./kind.ts";
import { KINDS } from "./kinds.ts";

// `config` has the parser and is below `hardware`, which has the kinds. Here they meet: the rest of the program reads stacks here.

/**
 * Reads `stacks/Pulumi.<stack>.yaml`.
 * @param reserve keeps for the stack what it gets of this machine, its networks: for a command that builds it. @default false
 * @throws UserError (exit code 2) with file and line of everything that is wrong in it
 * @throws Error when there is no such file: resolveStack answers with those there are
 */
export const readStackFile = (
  stack: string,
  folder: string = files.STACKS,
  reserve: boolean = false,
): StackConfig => parsed((kinds) => files.readStackFile(stack, folder, kinds), reserve);

/**
 * The same for the text of a stack file. @param file what problems call it
 * @throws UserError (exit code 2) with file and line of everything that is wrong in it
 */
export const parseStackFile = (
  stack: string,
  file: string,
  content: string,
  reserve: boolean = false,
): StackConfig => parsed((kinds) => files.parseStackFile(stack, file, content, kinds), reserve);

/**
 * Reads a stack file as if it named another lab.
 * @throws UserError (exit code 2) when the file, or its configuration with this lab, is wrong
 */
export function readStackFileAs(
  stack: string,
  folder: string,
  lab: string,
  reserve: boolean = false,
): StackConfig {
  const text = withLab(readFileSync(files.stackFile(stack, folder), "utf8"), lab);
  if (text !== undefined) return parseStackFile(stack, files.shownFile(stack, folder), text, reserve);
  readStackFile(stack, folder);
  throw noPlainLab(stack, folder, lab);
}

/**
 * The same for the values of a stack, with or without the namespace `scratchstack:`.
 * @param labs that there are. @default those of the curriculum
 * @throws UserError (exit code 2) listing all that is wrong with the values
 */
export const parseStackConfig = (
  stack: string,
  values: Readonly<Record<string, unknown>>,
  labs?: LabRoles,
): StackConfig => parser.parseStackConfig(stack, values, KINDS, labs);

/**
 * The same for what `pulumi.runtime.allConfig()` hands to a program: text, and JSON for what is structured.
 * @throws UserError (exit code 2) listing all that is wrong with the values
 */
export const parseRuntimeConfig = (
  stack: string,
  config: Readonly<Record<string, string>>,
  reserve: boolean = false,
): StackConfig => parsed((kinds) => parser.parseRuntimeConfig(stack, config, kinds), reserve);

/** Reserves only for a configuration that is right. */
function parsed(parse: (kinds: Kinds) => StackConfig, reserve: boolean): StackConfig {
  const config = parse(KINDS);
  return reserve ? parse(RESERVING) : config;
}

/** The kinds with the reserving answer in place of the plain one. */
const RESERVING: Kinds = Object.fromEntries(
  Object.entries<HardwareKind>(KINDS).map(([name, kind]) => {
    const { reserveNetworkBlock: networkBlock } = kind;
    return [name, networkBlock === undefined ? kind : { ...kind, networkBlock }];
  }),
);
