import type { CommandError, EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { automaticCheckpoints } from "../checkpoints/automatic.ts";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import type { StateResource } from "../engine/observed.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import type { Explained } from "../hardware/types.ts";
import { commandsOf } from "../plan/commands.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RunEvent } from "./events.ts";
import type { Ask } from "./interactive.ts";
import type { RunRecorder } from "./recorder.ts";
import { Collector, type RunReport } from "./report.ts";
import { Translator } from "./translate-events.ts";

export interface RunOptions {
  /** One step after the other, for comparing. @default false */
  readonly sequential?: boolean;
  /** Only tells what would be done. @default false */
  readonly preview?: boolean;
  /** A service, a step or a step on one node: only it and its dependencies are done. @default the whole lab */
  readonly through?: string;
  /** Asked before each step, one after the other. @default nobody is asked */
  readonly ask?: Ask;
  readonly onEvent: (event: RunEvent) => void;
  /** When aborted, running scripts are ended; what is done stays recorded. */
  readonly signal: AbortSignal;
}

/** What a run covers. */
export interface Run {
  readonly stack: { readonly name: string; readonly config: StackConfig | undefined };
  /** The planned steps that the run covers. */
  readonly course: readonly PlannedStep[];
  /** All planned steps of the lab, where checkpoints are to be taken. @default none are */
  readonly whole?: readonly PlannedStep[];
  readonly recorder: RunRecorder;
  readonly signal: AbortSignal;
}

/** What an operation of the engine is given. */
export interface Execution {
  /** Emits what an event of the engine means. */
  readonly onEvent: (event: EngineEvent) => void;
  /** The same for the events that `isNews` accepts. @returns what it means, emitted or not */
  readonly emitThose: (event: EngineEvent, isNews: (event: RunEvent) => boolean) => RunEvent[];
  /** Emits that resources are up to date, where the engine is not started. */
  readonly upToDate: (resources: readonly StateResource[]) => void;
}

/**
 * Executes operations of the engine as a run: translates and records its events, takes checkpoints, and reports.
 * @throws UserError with the engine's own errors, where no resource failed
 */
export async function executeRun(
  { stack: { name: stack, config }, course, whole, recorder, signal }: Run,
  work: (execution: Execution) => Promise<void>,
): Promise<RunReport> {
  const hardware = config === undefined ? undefined : hardwareOf(config);
  const translator = new Translator(course, hardware?.plugin);
  const collector = new Collector(course);
  const { emit } = recorder;
  const checkpoints =
    config === undefined || whole === undefined
      ? undefined
      : automaticCheckpoints({ name: stack, config }, whole, emit);
  recorder.listen((event) => collector.add(event));
  recorder.listen((event) => checkpoints?.see(event));
  emit({ type: "plan", total: course.length, at: Date.now() });
  const emitThose: Execution["emitThose"] = (event, isNews) => {
    const meaning = translator.translate(event, Date.now());
    for (const item of meaning) if (isNews(item)) emit(item);
    return meaning;
  };
  let failure: unknown;
  await work({
    emitThose,
    onEvent: (event) => emitThose(event, () => true),
    upToDate: (resources) => {
      for (const item of translator.upToDate(resources, Date.now())) emit(item);
    },
  }).catch((error: unknown) => {
    failure = error;
  });
  await checkpoints?.finished();
  const interrupted = signal.aborted;
  if (failure !== undefined && collector.failures.length === 0 && !interrupted) {
    throw await engineError(failure, translator.otherErrors, (text) => recorder.mask(text));
  }
  return {
    ok: failure === undefined && collector.failures.length === 0 && !interrupted,
    interrupted,
    changed: collector.steps.length,
    unchanged: collector.unchanged,
    failed: await Promise.all(
      collector.failures.map(async (item) => ({
        ...item,
        ...(await explanation(item)),
        log: recorder.file(item.name),
        ...command(item.name),
      })),
    ),
    seconds: recorder.seconds,
    steps: collector.steps,
    logDirectory: recorder.directory,
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

/** The error of an engine that ended although no resource failed: its own diagnostics, else that it was ended from outside. */
async function engineError(
  failure: unknown,
  diagnostics: readonly string[],
  mask: (text: string) => string,
): Promise<unknown> {
  if (diagnostics.length > 0) return new UserError(mask(diagnostics.join("\n")), 1);
  const engine = await import("@pulumi/pulumi/automation/index.js");
  if (!(failure instanceof engine.CommandError)) return failure;
  return new UserError(
    "The engine ended before it was done, as if it was killed. What was done is recorded: run `scripts/lab up` (or `down`) " +
      `again to go on.\n${mask(lastLines(failure))}`.trimEnd(),
    1,
  );
}

/** The end of what the engine printed. */
const lastLines = ({ message }: CommandError): string =>
  message
    .split("\n")
    .filter((line) => line.trim() !== "")
    .slice(-10)
    .join("\n");
