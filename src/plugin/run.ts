import { STEP_RECORD } from "../actions/environment.ts";
import { masker } from "../actions/mask.ts";
import { UserError } from "../config/errors.ts";
import { runLocal } from "../transport/local.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { Command, Result } from "../transport/types.ts";
import { collectAssets } from "./assets.ts";
import type { LocalInputs, RemoteInputs } from "./inputs.ts";
import { Lines, type Show } from "./logging.ts";
import type { Properties } from "./values.ts";

/** What every operation needs. */
export interface Context {
  readonly pool: SshPool;
  readonly show: Show;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  /** Texts that are masked. */
  readonly secrets: readonly string[];
}

/** What the previous run of a command printed, for the environment of the next. */
export interface Previous {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * With `SCRATCHSTACK_IDEMPOTENT=1` in its `environment` a remote command may run twice: it is sent again when the connection breaks.
 */
const IDEMPOTENT = "SCRATCHSTACK_IDEMPOTENT";

/** With `SCRATCHSTACK_ROOT=1` it runs as root, through `sudo -n` where the connection's user is another. */
export const ROOT = "SCRATCHSTACK_ROOT";

/** Lines of a step's output that are kept in the state: its log has all, and the engine writes the whole state after every step. */
const KEPT = 20;

/** Bytes of a variable's value that every Linux takes, with room for its name. */
const LONGEST_VARIABLE = 128 * 1024 - 100;

/** @throws UserError `remote command on HOST exited N: last lines` */
export function runRemote(
  context: Context,
  inputs: RemoteInputs,
  command: string,
  previous?: Previous,
): Promise<Properties> {
  const { connection } = inputs;
  const idempotent = inputs.environment?.[IDEMPOTENT] === "1";
  const root = inputs.environment?.[ROOT] === "1";
  return logged(context, inputs, `remote command on ${connection.host}`, (lines) =>
    context.pool.exec(connection, { ...asked(context, inputs, command, lines, previous), idempotent, root }),
  );
}

/** @throws UserError `local command exited N: last lines` */
export async function runOnThisMachine(
  context: Context,
  inputs: LocalInputs,
  command: string,
  previous?: Previous,
): Promise<Properties> {
  const { dir, interpreter } = inputs;
  const result = await logged(context, inputs, "local command", (lines) => {
    const where = { ...(dir !== undefined && { dir }), ...(interpreter !== undefined && { interpreter }) };
    return runLocal({ ...asked(context, inputs, command, lines, previous), ...where });
  });
  return {
    ...result,
    ...(await collectAssets(dir ?? process.cwd(), inputs.assetPaths, inputs.archivePaths)),
  };
}

/**
 * What was printed before, as a variable of a command; without it if it is empty or too long. Linux starts no process with a variable of
 * 128 KiB (E2BIG): what is printed while an image is made is longer, and no update of that image would ever go through.
 */
function variable(name: string, text = ""): Readonly<Record<string, string>> {
  return text !== "" && Buffer.byteLength(text) < LONGEST_VARIABLE ? { [name]: text } : {};
}

function asked(
  context: Context,
  inputs: LocalInputs,
  command: string,
  lines: Lines,
  previous: Previous | undefined,
): Command {
  const before = inputs.addPreviousOutputInEnv === false ? undefined : previous;
  return {
    command,
    environment: {
      ...inputs.environment,
      ...variable("PULUMI_COMMAND_STDOUT", before?.stdout),
      ...variable("PULUMI_COMMAND_STDERR", before?.stderr),
    },
    ...(inputs.stdin !== undefined && { stdin: inputs.stdin }),
    signal: context.signal,
    onStdout: lines.onStdout,
    onStderr: lines.onStderr,
  };
}

async function logged(
  context: Context,
  inputs: LocalInputs,
  what: string,
  run: (lines: Lines) => Promise<Result>,
): Promise<Properties> {
  const lines = new Lines(inputs.logging, masker(context.secrets), context.show);
  const { stdout, stderr, code } = await run(lines);
  const tail = await lines.end();
  if (code !== 0) throw new UserError(`${what} exited ${code}: ${tail}`, 1);
  const kept = inputs.environment?.[STEP_RECORD] === undefined ? withoutNewline : lastLines;
  return { stdout: kept(stdout), stderr: kept(stderr) };
}

const withoutNewline = (text: string): string => text.replace(/\n$/, "");

const lastLines = (text: string): string => withoutNewline(text).split("\n").slice(-KEPT).join("\n");
