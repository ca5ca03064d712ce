import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { Translator } from "../../src/run/translate-events.ts";
import { forgetUpToDate, type Inputs, isUpToDate, recordUpToDate } from "../../src/run/up-to-date.ts";

const home = mkdtempSync(join(tmpdir(), "up-to-date-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const SOURCES = ["deb http://127.0.0.1/debian trixie main"];

function inputs(hardware: object = {}, outputs: object = { stdout: "done" }): Inputs {
  const local = { kind: "local", packageSources: SOURCES, ...hardware };
  const config = parseStackConfig("s", { lab: "lab001", hardware: local });
  const resource = { urn: "urn:pulumi:s::p::t::api/start@control", type: "command:remote:Command", outputs };
  return { config, course: inOrder(plannedSteps(config)), resources: [resource as Inputs["resources"][0]] };
}

describe("a lab after a run of the engine", () => {
  beforeEach(() => recordUpToDate("s", inputs()));

  test("is up to date", async () => {
    expect(await isUpToDate("s", inputs())).toBe(true);
  });

  test.each([
    ["its state is different", inputs({}, { stdout: "done otherwise" })],
    ["its configuration is different", inputs({ packageCache: false })],
    ["packages come from elsewhere", inputs({ packageSources: ["deb http://127.0.0.2/debian trixie main"] })],
  ])("is not up to date where %s", async (_, other) => {
    expect(await isUpToDate("s", other)).toBe(false);
  });

  test("is not up to date after its removal, nor is another stack", async () => {
    expect(await isUpToDate("t", inputs())).toBe(false);
    await forgetUpToDate("s");
    expect(await isUpToDate("s", inputs())).toBe(false);
  });
});

test("resources that are up to date are done without a change; components have no event", () => {
  const { course, resources } = inputs();
  const group = { urn: "urn:pulumi:s::p::t::api", type: "scratchstack:lab:Service" };
  expect(new Translator(course).upToDate([...resources, group], 7)).toEqual([
    { type: "done", name: "api/start@control", node: "control", changed: false, seconds: 0, at: 7 },
  ]);
});
