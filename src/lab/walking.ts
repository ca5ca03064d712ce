import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/index.ts";
import { explain, follow, type Run } from "./follow.ts";
import { writeGoal } from "./goal.ts";
import { walked } from "./program.ts";
import type { RunReport } from "./report.ts";
import type { Scope } from "./scope.ts";
import { Translator } from "./translate.ts";
import { type Ask, Walk } from "./walk.ts";

/** What the engine is told besides how to report. */
export interface Engine {
  readonly parallel: number;
  readonly refresh: boolean;
  readonly exclude?: string[];
}

/**
 * Builds with a person who is asked before each step. Looks first what there is to do: nobody is asked about what is done already.
 * @param opened gets another program for it
 */
export async function walking(
  run: Run,
  config: StackConfig,
  opened: Stack,
  engine: Engine,
  scope: Scope | undefined,
  ask: Ask,
): Promise<RunReport> {
  const { stack, course, options } = run;
  const planned = new Map<string, "create" | "update" | "delete" | "replace">();
  options.onEvent({ type: "found", text: "Looking what there is to do." });
  const translator = new Translator(course, hardwareOf(config).plugin);
  const note = (event: EngineEvent): void => {
    for (const item of translator.translate(event, Date.now())) {
      if (item.type === "started") planned.set(item.name, item.operation);
    }
  };
  await opened.preview({ ...engine, onEvent: note, signal: options.signal }).catch((error: unknown) => {
    throw options.signal.aborted ? error : explain(error, translator.otherErrors);
  });
  const stop = new AbortController();
  const walk = new Walk(stack, config, course, planned, ask, () => stop.abort(new Error("stopped")));
  opened.workspace.program = async () => walked(walk.may, config, scope);
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const report = await follow(
    run,
    async (handlers) => {
      await opened.up({ ...handlers, ...engine, signal }).catch((error: unknown) => {
        if (!stop.signal.aborted) throw error;
      });
    },
    (event) => walk.see(event),
  );
  const { stoppedBefore, skipped } = walk;
  if (stoppedBefore === undefined && skipped.length === 0) return report;
  const { lab } = config;
  await writeGoal(
    stack,
    stoppedBefore === undefined
      ? { why: "without", name: skipped.join(", "), lab }
      : { why: "before", name: stoppedBefore, lab },
  );
  return { ...report, ...(stoppedBefore === undefined ? {} : { stoppedBefore }) };
}
