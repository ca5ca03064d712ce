import { Command, CommanderError } from "commander";
import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import type { CliCommand, CliGroup, CommonOptions } from "./command.ts";
import { COMMANDS } from "./commands/index.ts";
import type { Context } from "./context.ts";
import { INTERRUPTED, Interrupted } from "./interrupt.ts";

const VERSION = "lab.version";

/**
 * Runs one command line (without the program's own name).
 * @returns the exit code: 0 done, 1 not as it should be, 2 wrong usage or configuration, 130 interrupted
 */
export async function runCli(argv: readonly string[], context: Context): Promise<number> {
  let code = 0;
  const program = common(new Command("lab"))
    .description("OpenStack built from scratch, one visible step at a time.")
    .enablePositionalOptions()
    .option("--version", "print the versions of lab, engine, OpenStack and Node")
    // An option that is read before any command: the exception ends the parsing.
    .on("option:version", () => {
      throw new CommanderError(0, VERSION, "");
    });
  configured(program, context);
  const add = (parent: Command, item: CliCommand | CliGroup): void => {
    if ("commands" in item) {
      const group = configured(common(parent.command(item.name).description(item.summary)), context);
      for (const member of item.commands) add(group, member);
      return;
    }
    const command = configured(described(parent, item, argv.includes("--")), context);
    command.action(async () => {
      const options: CommonOptions = command.optsWithGlobals();
      code = await item.run({ context, options, args: command.args });
    });
  };
  for (const item of COMMANDS) add(program, item);
  const [first, , ...words] = argv;
  // `lab complete -- <words>`: the scripts of `lab completion` call it, and no person.
  if (first === "complete") {
    return (await import("./completion/complete.ts")).complete(program, words, context);
  }
  try {
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.code === VERSION) {
      await (await import("./version.ts")).printVersions(context, argv.includes("--json"));
      return 0;
    }
    return explain(error, context);
  }
}

/** Adds the options that every command takes, before or after its name. */
const common = (command: Command): Command =>
  command
    .option("--stack <name>", "the stack (default: the one used last)")
    .option("--json", "print JSON lines, for programs");

/** With `--` before a passed-through command, everything before it is ours; without it, only the first word is. */
function described(parent: Command, item: CliCommand, setOff: boolean): Command {
  const command = common(parent.command(item.name).description(item.summary));
  for (const [notation, meaning] of item.arguments ?? []) command.argument(notation, meaning);
  for (const [notation, meaning] of item.options ?? []) command.option(notation, meaning);
  return item.passThrough && !setOff ? command.passThroughOptions() : command;
}

/** As it is typed: `scripts/lab image bake`. */
const nameOf = (command: Command): string =>
  command.parent === null ? LAB : `${nameOf(command.parent)} ${command.name()}`;

/** Commander must not exit, must write to our streams, and names the nearest match of an unknown word. */
const configured = (command: Command, { stdout, stderr }: Context): Command =>
  command
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError(`(see ${nameOf(command)} --help)`)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    });

function explain(error: unknown, { stderr }: Context): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Interrupted) {
    stderr.write(`${error.message}\n`);
    return INTERRUPTED;
  }
  if (error instanceof UserError) {
    stderr.write(`${error.message}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${text}\nThis is a bug of scratchstack, not of what you did.\n`);
  return 1;
}
