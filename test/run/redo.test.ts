import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { THIS_MACHINE } from "../../src/curriculum/types.ts";
import type { PlannedStep } from "../../src/plan/planned-steps.ts";
import type { RunEvent } from "../../src/run/events.ts";
import { redo } from "../../src/run/redo.ts";
import { observed } from "../cli/fake.ts";
import { CONFIG, step } from "../plan/course.ts";

const home = mkdtempSync(join(tmpdir(), "redo-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const SECRET = "0123456789abcdef";
const planned = (id: string, run: string): PlannedStep => ({
  name: `${id}@${THIS_MACHINE}`,
  step: step(id, "all", { kind: "command", run, holds: "true", always: true }),
  service: "api",
  node: THIS_MACHINE,
  after: [],
  configuration: [],
});

/** Does steps once more on this machine. */
async function redone(...steps: PlannedStep[]) {
  const events: RunEvent[] = [];
  const stack = { name: "mine", config: CONFIG, state: observed({ secrets: { "api/admin": SECRET } }) };
  const code = await redo(stack, steps, {
    onEvent: (event) => events.push(event),
    signal: new AbortController().signal,
  });
  return { code, events, types: events.map(({ type }) => type).filter((type) => type !== "output") };
}

test("a step is done and its events are recorded, secrets masked", async () => {
  const { code, events, types } = await redone(planned("api/start", `echo it is ${SECRET}`));
  expect(code).toBe(0);
  expect(types).toEqual(["run", "plan", "started", "done", "ended"]);
  const output = events.flatMap((event) => (event.type === "output" ? [event.text] : [])).join("");
  expect(output).toContain("it is ********\n");
  expect(JSON.stringify(events)).not.toContain(SECRET);
});

test("the first step that fails ends it, with its exit code", async () => {
  const { code, events, types } = await redone(planned("api/a", "exit 7"), planned("api/b", "true"));
  expect(code).toBe(7);
  expect(types).toEqual(["run", "plan", "started", "failed", "ended"]);
  expect(events.find(({ type }) => type === "failed")).toMatchObject({ step: "api/a", code: 7 });
  expect(events.at(-1)).toMatchObject({ ok: false, failed: 1 });
});
