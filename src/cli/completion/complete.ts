import type { Command, Option } from "commander";
import type { Context } from "../context.ts";
import { type Candidate, FILES, VALUES } from "./values.ts";

/** What the shell does without candidates, in the protocol of the scripts: complete files, or nothing. */
const COMPLETE_FILES = ":0";
const COMPLETE_NOTHING = ":4";

/**
 * Prints what can be typed next, for the scripts of `lab completion`: a line `<value>` tab `<meaning>` for each candidate, and a
 * last line for the shell. Prints no errors, since a person is typing: then there are no candidates.
 * @param words after `lab`; the last one is completed, and can be empty
 */
export async function complete(
  program: Command,
  words: readonly string[],
  context: Context,
): Promise<number> {
  const word = words.at(-1) ?? "";
  try {
    const typed = parse(program, words.slice(0, -1));
    const { candidates, files } = await candidatesFor(typed, word, context);
    for (const { value, meaning = "" } of candidates) context.stdout.write(`${value}\t${meaning}\n`);
    context.stdout.write(`${files ? COMPLETE_FILES : COMPLETE_NOTHING}\n`);
  } catch {
    context.stdout.write(`${COMPLETE_NOTHING}\n`);
  }
  return 0;
}

/** The command line before the word. */
interface Typed {
  readonly command: Command;
  /** The option whose value comes next. */
  readonly option: Option | undefined;
  /** Number of arguments that are typed. */
  readonly count: number;
  readonly stack: string | undefined;
  /** After `--`, words belong to another command line. */
  readonly passed: boolean;
}

function parse(program: Command, words: readonly string[]): Typed {
  let command = program;
  let option: Option | undefined;
  let count = 0;
  let stack: string | undefined;
  for (const word of words) {
    if (option !== undefined) {
      if (option.long === "--stack") stack = word;
      option = undefined;
    } else if (word === "--") {
      return { command, option, count, stack, passed: true };
    } else if (word.startsWith("-")) {
      const [flag = "", value] = word.split("=");
      option = valueOption(command, flag);
      if (value === undefined) continue;
      if (flag === "--stack") stack = value;
      option = undefined;
    } else {
      const below = command.commands.find((one) => one.name() === word);
      if (below === undefined) count += 1;
      else command = below;
    }
  }
  return { command, option, count, stack, passed: false };
}

/** @returns undefined for an option without a value */
const valueOption = (command: Command, flag: string): Option | undefined =>
  command.options.find((option) => option.long === flag && option.required);

async function candidatesFor(
  { command, option, count, stack, passed }: Typed,
  word: string,
  context: Context,
): Promise<{ candidates: readonly Candidate[]; files?: boolean }> {
  const valuesOf = async (name: string, start: string) => ({
    candidates: beginning(start, (await VALUES[name]?.({ context, stack, word: start })) ?? []),
    files: FILES.includes(name),
  });
  const argument =
    command.registeredArguments[count] ?? command.registeredArguments.findLast((one) => one.variadic);
  if (passed || argument?.name() === "command") return { candidates: [] };
  if (option?.long) return valuesOf(option.long, word);
  const [flag = "", value] = word.split("=");
  if (value !== undefined) return valuesOf(valueOption(command, flag)?.long ?? "", value);
  if (word.startsWith("-")) return { candidates: beginning(word, optionsOf(command)) };
  if (argument !== undefined) return valuesOf(argument.name(), word);
  const commands = command.commands.map((one) => ({ value: one.name(), meaning: one.description() }));
  return { candidates: beginning(word, commands) };
}

const optionsOf = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .map(({ long, description }) => ({ value: long ?? "", meaning: description }));

const beginning = (start: string, candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(({ value }) => value.startsWith(start));
