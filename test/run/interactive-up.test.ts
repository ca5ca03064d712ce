import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation/index.js";
import { afterAll, expect, test, vi } from "vitest";
import type { JudgedStep, Standing } from "../../src/drift/classify.ts";
import type { Looked } from "../../src/drift/probe-lab.ts";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import type { Answer, Question } from "../../src/run/interactive.ts";
import { walking } from "../../src/run/interactive-up.ts";
import { Mending } from "../../src/run/reconcile.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const COURSE = inOrder(plannedSteps(CONFIG, LAB));
const home = mkdtempSync(join(tmpdir(), "walking-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

// The program declares a step once it may: what is declared is done at once.
vi.mock("../../src/program/program.ts", () => ({
  interactiveProgram: async (may: (planned: (typeof COURSE)[number]) => Promise<boolean>) => {
    for (const planned of COURSE) if (await may(planned)) current.declared(planned.name);
  },
}));
const NOTHING: Looked = { steps: [], unreachable: [] };
const current = { declared: (_: string): void => {} };

const event = (kind: "resourcePreEvent" | "resOutputsEvent", name: string, op: string): EngineEvent => {
  const type = "command:remote:Command";
  return { [kind]: { metadata: { op, type, urn: `urn:pulumi:s::p::${type}::${name}` } } } as never;
};

/** A lab of which the steps do not hold that each look names, and a person with answers. */
async function walk(looks: readonly Readonly<Record<string, Standing>>[], answers: readonly Answer[]) {
  const left = looks.map((parts): Looked => {
    const steps = COURSE.map((planned): JudgedStep => {
      const standing = parts[planned.name] ?? "holds";
      return { planned, standing, differences: [], done: true, changed: false };
    });
    return { steps, unreachable: [] };
  });
  const signal = new AbortController().signal;
  const options = { onEvent: () => {}, signal };
  const pace = { between: 1, steady: 1, longest: 1 };
  const mending = new Mending(
    async () => (left.length > 1 ? left.shift() : left[0]) ?? NOTHING,
    options,
    pace,
  );
  const marked = async () => {
    const found: string[] = [];
    for (const { name } of COURSE) if (await mending.again(name)) found.push(name);
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
  const report = await walking(
    { stack: { name: "s", config: CONFIG }, course: COURSE, options },
    { name: "s", config: CONFIG },
    stack as unknown as Stack,
    { parallel: 1, refresh: false },
    undefined,
    mending,
    async (question) => {
      asked.push(question);
      return rest.shift() ?? "stop";
    },
  );
  return { report, done, asked: asked.map(({ planned }) => planned.name) };
}

const DOWN = { "api/start@control": "drift", "agent/start@one": "behind" } as const;

test("nobody is asked where all holds", async () => {
  const { report, done, asked } = await walk([{}], []);
  expect({ ok: report.ok, done, asked }).toEqual({ ok: true, done: [[]], asked: [] });
});

test("what no longer holds is asked about, and what was behind it once that is mended", async () => {
  const { done, asked } = await walk([DOWN, { "agent/start@one": "drift" }], ["yes", "yes"]);
  expect(asked).toEqual(["api/start@control", "agent/start@one"]);
  expect(done).toEqual([["api/start@control"], ["agent/start@one"]]);
});

test("who stops is asked no more, and nothing is looked at again", async () => {
  const { report, done, asked } = await walk([DOWN, { "agent/start@one": "drift" }], ["stop"]);
  expect(asked).toEqual(["api/start@control"]);
  expect(done).toEqual([[]]);
  expect(report.stoppedBefore).toBe("api/start@control");
});
