import { CommandError, type EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/index.ts";
import type { Explained, Problem } from "../hardware/types.ts";
import { commandsOf } from "./commands.ts";
import { openStack, pulumi } from "./engine.ts";
import type { LabEvent } from "./events.ts";
import { instances, type StepInstance } from "./instances.ts";
import { leftovers } from "./leftovers.ts";
import { RunLog } from "./log.ts";
import { type Looked, look } from "./look.ts";
import { Mending } from "./mending.ts";
import type { Observed } from "./observe.ts";
import { inOrder } from "./order.ts";
import { Collector, type RunReport } from "./report.ts";
import { forgetSalt } from "./salt.ts";
import { observe } from "./state.ts";
import { Translator } from "./translate.ts";
import { unlocked } from "./unlock.ts";

export interface RunOptions {
  /** One step after the other, for comparing. @default false */
  readonly sequential?: boolean;
  /** Only say what would be done. @default false */
  readonly preview?: boolean;
  readonly onEvent: (event: LabEvent) => void;
  /** When aborted, what runs is ended, what is done stays recorded. */
  readonly signal: AbortSignal;
}

/** More than a lab has steps at once: order comes from the graph and from each node's connection, not from here. */
const PARALLEL = 64;

/** Builds a stack, or what is missing of it. */
export async function up(stack: string, config: StackConfig, options: RunOptions): Promise<RunReport> {
  const course = inOrder(instances(config));
  const hardware = hardwareOf(config);
  const open = await unlocked(stack, config);
  const tell = (text: string): void => options.onEvent({ type: "found", text });
  const mending = options.preview ? undefined : new Mending(lookFirst(stack, open, options.signal), options);
  refuse(stack, await hardware.preflight(stack, open, tell));
  const opened = await openStack(stack, open, mending?.again);
  const parallel = options.sequential ? 1 : PARALLEL;
  const refresh = hardware.plugin !== undefined;
  return follow(stack, open, course, options, async (handlers) => {
    if (mending === undefined) return void (await opened.preview({ ...handlers, parallel, refresh }));
    await mending.rounds(async (isNews) => {
      const onEvent = (event: EngineEvent): void => void (isNews(event) && handlers.onEvent(event));
      await opened.up({ ...handlers, onEvent, parallel, refresh });
    });
  });
}

/** Takes a stack down and forgets it. Works without its configuration too, from the state alone. */
export async function down(
  stack: string,
  config: StackConfig | undefined,
  options: RunOptions,
): Promise<RunReport> {
  const course = config === undefined ? [] : inOrder(instances(config));
  const opened = await openStack(stack);
  const open = config === undefined ? undefined : await unlocked(stack, config);
  const left = await leftovers(stack, open, options.onEvent);
  const refresh = open !== undefined && hardwareOf(open).plugin !== undefined;
  const report = await follow(stack, open, course, options, async (handlers) => {
    await left.unknown();
    await opened.destroy({ ...handlers, parallel: PARALLEL, refresh });
    await left.all();
  });
  if (report.ok) {
    await pulumi(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", stack]);
    await forgetSalt(stack);
  }
  return report;
}

/** What the state says is read once: what is done meanwhile needs no look. */
function lookFirst(stack: string, config: StackConfig, signal: AbortSignal): () => Promise<Looked> {
  let observed: Promise<Observed> | undefined;
  return async () => {
    observed ??= observe(stack);
    return look(config, await observed, { signal });
  };
}

/** @throws UserError naming every reason why the lab cannot be built here */
function refuse(stack: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ where, found, expected, mend }) =>
      `${where}: found ${found}, expected ${expected}. To mend it: ${mend}`,
  );
  throw new UserError([`Stack ${stack} cannot be built here; nothing was touched.`, ...lines].join("\n"), 1);
}

interface Handlers {
  readonly onEvent: (event: EngineEvent) => void;
  readonly signal: AbortSignal;
}

async function follow(
  stack: string,
  config: StackConfig | undefined,
  course: readonly StepInstance[],
  options: RunOptions,
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
  };
  tell({ type: "plan", total: course.length });
  const onEvent = (event: EngineEvent): void => {
    for (const item of translator.translate(event, Date.now())) tell(item);
  };
  let failure: unknown;
  await work({ onEvent, signal: options.signal }).catch((error: unknown) => {
    failure = error;
  });
  const interrupted = options.signal.aborted;
  if (failure !== undefined && collector.failures.length === 0 && !interrupted) {
    throw explain(failure, translator.otherErrors);
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
    const instance = course.find((item) => item.name === name);
    return instance === undefined || config === undefined
      ? {}
      : { command: commandsOf(stack, instance, config).join("\n") };
  }
}

/** What the engine said when no resource failed: its own diagnostics, else that it was ended by somebody else. */
function explain(failure: unknown, diagnostics: readonly string[]): unknown {
  if (diagnostics.length > 0) return new UserError(diagnostics.join("\n"), 1);
  if (!(failure instanceof CommandError)) return failure;
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
