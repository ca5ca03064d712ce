import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, expect, test, vi } from "vitest";
import type { ClassifiedStep, StepStatus } from "../../src/drift/classify.ts";
import type { ProbedLab } from "../../src/drift/probe-lab.ts";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { Answer, Question } from "../../src/run/interactive.ts";
import { interactiveUp } from "../../src/run/interactive-up.ts";
import { Reconciler } from "../../src/run/reconcile.ts";
import { RunRecorder } from "../../src/run/recorder.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = inOrder(plannedSteps(CONFIG, LAB));
const home = mkdtempSync(join(tmpdir(), "interactive-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

// The program declares a step when it may. A declared step is done at once.
vi.mock("../../src/program/lab-stack.ts", () => ({
  interactiveProgram: async (may: (planned: (typeof COURSE)[number]) => Promise<boolean>) => {
    for (const planned of COURSE) if (await may(planned)) current.declared(planned.name);
  },
}));
const NOTHING: ProbedLab = { steps: [], unreachable: [] };
const current = { declared: (_: string): void => {} };

const event = (kind: "resourcePreEvent" | "resOutputsEvent", name: string, op: string): EngineEvent => {
  const type = "command:remote:Command";
  return { [kind]: { metadata: { op, type, urn: `urn:pulumi:s::p::${type}::${name}` } } } as never;
};

/** A lab whose steps have the status that each probe names, else are in sync; and a person with answers. */
async function interactive(
  probes: readonly Readonly<Record<string, StepStatus>>[],
  answers: readonly Answer[],
) {
  const left = probes.map((parts): ProbedLab => {
    const steps = COURSE.map((planned): ClassifiedStep => {
      const status = parts[planned.name] ?? "in sync";
      return { planned, status, differences: [], done: true, changed: false };
    });
    return { steps, unreachable: [] };
  });
  const signal = new AbortController().signal;
  const recorder = new RunRecorder({ command: "up", stack: "s", lab: CONFIG.lab }, () => {});
  const pace = { between: 1, stable: 1, longest: 1 };
  const reconciler = new Reconciler(
    async () => (left.length > 1 ? left.shift() : left[0]) ?? NOTHING,
    { emit: recorder.emit, signal },
    pace,
  );
  const marked = async () => {
    const found: string[] = [];
    for (const { name } of COURSE) if (await reconciler.again(name)) found.push(name);
    return found;
  };
  const done: string[][] = [];
  const stack = {
    workspace: { program: async () => {} },
    preview: async ({ onEvent }: { onEvent: (one: EngineEvent) => void }) => {
      for (const name of await marked()) onEvent(event("resourcePreEvent", name, "update"));
    },
    up: async ({ onEvent, signal: stop }: { onEvent: (one: EngineEvent) => void; signal: AbortSignal }) => {
      const again = await marked();
      const own: string[] = [];
      done.push(own);
      for (const node of Object.keys(CONFIG.nodes))
        onEvent(event("resOutputsEvent", `facts@${node}`, "same"));
      current.declared = (name) => {
        if (again.includes(name)) own.push(name);
        onEvent(event("resOutputsEvent", name, again.includes(name) ? "update" : "same"));
      };
      await Promise.race([
        stack.workspace.program(),
        new Promise((_, reject) => stop.addEventListener("abort", () => reject(stop.reason))),
      ]);
    },
  };
  const asked: Question[] = [];
  const rest = [...answers];
  const report = await interactiveUp(
    { stack: { name: "s", config: CONFIG }, course: COURSE, recorder, signal },
    { name: "s", config: CONFIG },
    stack as unknown as Stack,
    { parallel: 1, refresh: false },
    undefined,
    reconciler,
    async (question) => {
      asked.push(question);
      return rest.shift() ?? "stop";
    },
  );
  return { report, done, asked: asked.map(({ planned }) => planned.name) };
}

const DOWN = { "api/start@control": "drifted", "agent/start@one": "blocked" } as const;

test("nobody is asked where all steps are in sync", async () => {
  const { report, done, asked } = await interactive([{}], []);
  expect({ ok: report.ok, done, asked }).toEqual({ ok: true, done: [[]], asked: [] });
});

test("drifted steps are asked about, and steps that they blocked in the next round", async () => {
  const { done, asked } = await interactive([DOWN, { "agent/start@one": "drifted" }], ["yes", "yes"]);
  expect(asked).toEqual(["api/start@control", "agent/start@one"]);
  expect(done).toEqual([["api/start@control"], ["agent/start@one"]]);
});

test("after a stop nobody is asked and nothing is probed", async () => {
  const { report, done, asked } = await interactive([DOWN, { "agent/start@one": "drifted" }], ["stop"]);
  expect(asked).toEqual(["api/start@control"]);
  expect(done).toEqual([[]]);
  expect(report.stoppedBefore).toBe("api/start@control");
});
