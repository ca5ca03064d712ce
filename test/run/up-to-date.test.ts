import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { inOrder } from "../../src/plan/order.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { Translator } from "../../src/run/translate-events.ts";
import { forgetSettled, isSettled, noteSettled, type Standing, untouched } from "../../src/run/up-to-date.ts";

const home = mkdtempSync(join(tmpdir(), "settled-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

const SOURCES = ["deb http://127.0.0.1/debian trixie main"];

function standing(hardware: object = {}, outputs: object = { stdout: "done" }): Standing {
  const local = { kind: "local", packageSources: SOURCES, ...hardware };
  const config = parseStackConfig("s", { lab: "lab001", hardware: local });
  const resource = { urn: "urn:pulumi:s::p::t::api/start@control", type: "command:remote:Command", outputs };
  return { config, course: inOrder(plannedSteps(config)), resources: [resource as Standing["resources"][0]] };
}

describe("a lab with which the engine was done", () => {
  beforeEach(() => noteSettled("s", standing()));

  test("is known as such", async () => {
    expect(await isSettled("s", standing())).toBe(true);
  });

  test.each([
    ["its state is another", standing({}, { stdout: "done otherwise" })],
    ["its configuration is another", standing({ packageCache: false })],
    [
      "packages come from elsewhere",
      standing({ packageSources: ["deb http://127.0.0.2/debian trixie main"] }),
    ],
  ])("is not where %s", async (_, other) => {
    expect(await isSettled("s", other)).toBe(false);
  });

  test("is not once it was taken down, nor is another stack", async () => {
    expect(await isSettled("t", standing())).toBe(false);
    await forgetSettled("s");
    expect(await isSettled("s", standing())).toBe(false);
  });
});

test("what the engine would say of a resource is read as nothing to do", () => {
  const { course, resources } = standing();
  const events = resources.flatMap((one) => new Translator(course).translate(untouched(one), 1));
  expect(events).toEqual([
    expect.objectContaining({ type: "done", name: "api/start@control", changed: false }),
  ]);
});
