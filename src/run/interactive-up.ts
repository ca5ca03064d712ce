import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import type { ConfiguredStack } from "../config/schema.ts";
import { writeTarget } from "../engine/target.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { interactiveProgram } from "../program/program.ts";
import type { Scope } from "../program/scope.ts";
import { explain, follow, type Run } from "./follow.ts";
import { type Ask, type Changes, Walk } from "./interactive.ts";
import type { Mending } from "./reconcile.ts";
import type { RunReport } from "./report.ts";
import { Translator } from "./translate-events.ts";

/** What the engine is told besides how to report. */
export interface Engine {
  readonly parallel: number;
  readonly refresh: boolean;
  readonly exclude?: string[];
}

/**
 * Builds with a person who is asked before each step. Looks first what there is to do: nobody is asked about what is done already,
 * and holds.
 * @param opened gets another program for it
 */
export async function walking(
  run: Run,
  stack: ConfiguredStack,
  opened: Stack,
  engine: Engine,
  scope: Scope | undefined,
  mending: Mending,
  ask: Ask,
): Promise<RunReport> {
  const { course, options } = run;
  const { config } = stack;
  const look = opened.workspace.program;
  const { plugin } = hardwareOf(config);
  const stop = new AbortController();
  const walks: Walk[] = [];
  const report = await follow(run, async (handlers) => {
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const round = async (isNews: (event: EngineEvent) => boolean): Promise<void> => {
      options.onEvent({ type: "found", text: "Looking what there is to do." });
      if (look !== undefined) opened.workspace.program = look;
      const changes = await changesBy(run, plugin, opened, engine);
      const walk = new Walk(stack, course, changes, ask, () => stop.abort(new Error("stopped")));
      walks.push(walk);
      opened.workspace.program = async () => interactiveProgram(walk.may, config, scope, mending.again);
      // The walk is told of all: what was the same before is done as well.
      const translator = new Translator(course, plugin);
      const onEvent = (event: EngineEvent): void => {
        if (isNews(event)) handlers.onEvent(event);
        for (const item of translator.translate(event, Date.now())) walk.see(item);
      };
      await opened.up({ ...handlers, ...engine, onEvent, signal });
    };
    await mending.rounds(round).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  });
  const { lab } = config;
  const before = walks.find(({ stoppedBefore }) => stoppedBefore !== undefined)?.stoppedBefore;
  const skipped = walks.flatMap((walk) => walk.skipped);
  if (before !== undefined) {
    await writeTarget(stack.name, { why: "before", name: before, lab });
    return { ...report, stoppedBefore: before };
  }
  if (skipped.length > 0) await writeTarget(stack.name, { why: "without", name: skipped.join(", "), lab });
  return report;
}

/** What an `up` would change, as the engine sees it. */
async function changesBy(
  { course, options }: Run,
  plugin: string | undefined,
  opened: Stack,
  engine: Engine,
): Promise<Changes> {
  const changes = new Map<string, "create" | "update" | "delete" | "replace">();
  const translator = new Translator(course, plugin);
  const onEvent = (event: EngineEvent): void => {
    for (const item of translator.translate(event, Date.now())) {
      if (item.type === "started") changes.set(item.name, item.operation);
    }
  };
  await opened.preview({ ...engine, onEvent, signal: options.signal }).catch(async (error: unknown) => {
    throw options.signal.aborted ? error : await explain(error, translator.otherErrors);
  });
  return changes;
}
