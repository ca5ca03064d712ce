import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import type { ConfiguredStack } from "../config/schema.ts";
import { writeTarget } from "../engine/target.ts";
import { interactiveProgram } from "../program/lab-stack.ts";
import type { Scope } from "../program/scope.ts";
import { type Execution, executeRun, type Run } from "./execute.ts";
import { type Ask, type Changes, InteractiveRound } from "./interactive.ts";
import type { Reconciler } from "./reconcile.ts";
import type { RunReport } from "./report.ts";

/** Options of an operation of the engine. */
export interface EngineOptions {
  readonly parallel: number;
  readonly refresh: boolean;
  readonly exclude?: string[];
}

/**
 * Builds a stack and asks a person before each step. A preview finds what there is to do first: nobody is asked about a step that is
 * in sync.
 * @param opened its program is replaced in each round
 */
export async function interactiveUp(
  run: Run,
  stack: ConfiguredStack,
  opened: Stack,
  engine: EngineOptions,
  scope: Scope | undefined,
  reconciler: Reconciler,
  ask: Ask,
): Promise<RunReport> {
  const { course, recorder } = run;
  const { config } = stack;
  const program = opened.workspace.program;
  const stop = new AbortController();
  const rounds: InteractiveRound[] = [];
  const report = await executeRun(run, async (execution) => {
    const signal = AbortSignal.any([run.signal, stop.signal]);
    const round = async (isNews: Parameters<Execution["emitThose"]>[1]): Promise<void> => {
      recorder.emit({ type: "found", text: "Finding out what there is to do.", at: Date.now() });
      if (program !== undefined) opened.workspace.program = program;
      const changes = await changesBy(run, execution, opened, engine);
      const interactive = new InteractiveRound(stack, course, changes, ask, () =>
        stop.abort(new Error("stopped")),
      );
      rounds.push(interactive);
      opened.workspace.program = async () =>
        interactiveProgram(interactive.may, config, {
          scope,
          again: reconciler.again,
          onSecret: (secret) => recorder.hide([secret]),
        });
      const onEvent = (event: EngineEvent): void => {
        // Also of steps that are no news: a step that is up to date is done as well.
        for (const item of execution.emitThose(event, isNews)) interactive.see(item);
      };
      await opened.up({ ...engine, onEvent, signal });
    };
    const skippedSome = (): boolean => rounds.some(({ skipped }) => skipped.length > 0);
    await reconciler.rounds(round, skippedSome).catch((error: unknown) => {
      if (!stop.signal.aborted) throw error;
    });
  });
  const { lab } = config;
  const before = rounds.find(({ stoppedBefore }) => stoppedBefore !== undefined)?.stoppedBefore;
  const skipped = rounds.flatMap((one) => one.skipped);
  if (before !== undefined) {
    await writeTarget(stack.name, { why: "before", name: before, lab });
    return { ...report, stoppedBefore: before };
  }
  if (skipped.length > 0) await writeTarget(stack.name, { why: "without", name: skipped.join(", "), lab });
  return report;
}

/** What an `up` would change, as a preview of the engine tells. It emits nothing. */
async function changesBy(
  { signal }: Run,
  { emitThose }: Execution,
  opened: Stack,
  engine: EngineOptions,
): Promise<Changes> {
  const changes = new Map<string, "create" | "update" | "delete" | "replace">();
  const onEvent = (event: EngineEvent): void => {
    for (const item of emitThose(event, () => false)) {
      if (item.type === "started") changes.set(item.name, item.operation);
    }
  };
  await opened.preview({ ...engine, onEvent, signal });
  return changes;
}
