import type { CommandError, EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { keeper } from "../checkpoints/keeper.ts";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import type { Explained } from "../hardware/types.ts";
import { commandsOf } from "../plan/commands.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { LabEvent } from "./events.ts";
import type { Ask } from "./interactive.ts";
import { RunLog } from "./log.ts";
import { Collector, type RunReport } from "./report.ts";
import { Translator } from "./translate-events.ts";

export interface RunOptions {
  /** One step after the other, for comparing. @default false */
  readonly sequential?: boolean;
  /** Only say what would be done. @default false */
  readonly preview?: boolean;
  /** A service, a step or a step on one node: only what it needs is done, and itself. @default all of the lab */
  readonly through?: string;
  /** Asked before each step, one after the other. @default nobody is asked */
  readonly ask?: Ask;
  readonly onEvent: (event: LabEvent) => void;
  /** When aborted, what runs is ended, what is done stays recorded. */
  readonly signal: AbortSignal;
}

/** How the engine reports, and is ended. */
export interface Handlers {
  readonly onEvent: (event: EngineEvent) => void;
  readonly signal: AbortSignal;
}

/** What a run is about. */
export interface Run {
  readonly stack: { readonly name: string; readonly config: StackConfig | undefined };
  /** What is looked at. */
  readonly course: readonly PlannedStep[];
  /** All of the lab, where checkpoints are to be taken. @default none are */
  readonly whole?: readonly PlannedStep[];
  readonly options: RunOptions;
}

/**
 * Follows what the engine does for a run: logs it, tells it, takes checkpoints.
 * @param listen is told of every event too
 * @throws UserError with what the engine said, where nothing of the run failed
 */
export async function follow(
  { stack: { name: stack, config }, course, whole, options }: Run,
  work: (handlers: Handlers) => Promise<void>,
): Promise<RunReport> {
  const began = Date.now();
  const log = new RunLog(stack, new Date(began));
  const hardware = config === undefined ? undefined : hardwareOf(config);
  const translator = new Translator(course, hardware?.plugin);
  const collector = new Collector(course);
  const tell = (event: LabEvent): void => {
    log.write(event);
    collector.add(event);
    options.onEvent(event);
    kept?.see(event);
  };
  const kept =
    config === undefined || whole === undefined ? undefined : keeper({ name: stack, config }, whole, tell);
  tell({ type: "plan", total: course.length });
  const onEvent = (event: EngineEvent): void => {
    for (const item of translator.translate(event, Date.now())) tell(item);
  };
  let failure: unknown;
  await work({ onEvent, signal: options.signal }).catch((error: unknown) => {
    failure = error;
  });
  await kept?.finished();
  const interrupted = options.signal.aborted;
  if (failure !== undefined && collector.failures.length === 0 && !interrupted) {
    throw await explain(failure, translator.otherErrors);
  }
  return {
    ok: failure === undefined && !interrupted,
    interrupted,
    changed: collector.steps.length,
    unchanged: collector.unchanged,
    failed: await Promise.all(
      collector.failures.map(async (item) => ({
        ...item,
        ...(await explanation(item)),
        log: log.file(item.name),
        ...command(item.name),
      })),
    ),
    seconds: (Date.now() - began) / 1000,
    steps: collector.steps,
    logDirectory: log.directory,
  };

  async function explanation({
    name,
    message,
  }: {
    name: string;
    message: string;
  }): Promise<{ explained?: Explained }> {
    if (config === undefined || hardware?.explain === undefined || !translator.foreign(name)) return {};
    return { explained: await hardware.explain(config, name, message) };
  }

  function command(name: string): { command?: string } {
    const planned = course.find((item) => item.name === name);
    return planned === undefined || config === undefined
      ? {}
      : { command: commandsOf({ name: stack, config }, planned).join("\n") };
  }
}

/** What the engine said when no resource failed: its own diagnostics, else that it was ended by somebody else. */
export async function explain(failure: unknown, diagnostics: readonly string[]): Promise<unknown> {
  if (diagnostics.length > 0) return new UserError(diagnostics.join("\n"), 1);
  const engine = await import("@pulumi/pulumi/automation/index.js");
  if (!(failure instanceof engine.CommandError)) return failure;
  return new UserError(
    "The engine ended before it was done, as if it was killed. What was done is recorded: run `scripts/lab up` (or `down`) " +
      `again to go on.\n${lastWords(failure)}`.trimEnd(),
    1,
  );
}

/** The end of what the engine printed. */
const lastWords = ({ message }: CommandError): string =>
  message
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-10)
    .join("\n");
