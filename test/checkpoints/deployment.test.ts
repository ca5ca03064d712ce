import { describe, expect, test } from "vitest";
import { deploymentIn, progressOf, recordsAsDone, withoutPending } from "../../src/checkpoints/deployment.ts";

const resource = (name: string) => ({
  urn: `urn:pulumi:s::scratchstack::command:remote:Command::${name}`,
  type: "command:remote:Command",
});
const deployment = {
  manifest: { magic: "m" },
  resources: [resource("api/install@control"), resource("facts@control"), resource("hardware/node-control")],
  pending_operations: [{ resource: resource("api/start@control"), type: "creating" }],
};

describe("a state", () => {
  test.each([
    ["as the engine keeps it", { version: 3, checkpoint: { stack: "s", latest: deployment } }],
    ["as the engine exports it", { version: 3, deployment }],
  ])("%s", (_, file) => expect(deploymentIn(JSON.stringify(file))).toEqual(deployment));

  test("of a stack without resources is none", () => {
    expect(deploymentIn(JSON.stringify({ version: 3, checkpoint: { stack: "s" } }))).toBeUndefined();
  });

  test("tells which steps are done and which are being done", () => {
    expect(progressOf(deployment)).toEqual({
      done: ["api/install@control"],
      underway: ["api/start@control"],
    });
  });

  test.each([
    ["done", ["api/install@control"], true],
    ["under way", ["api/install@control", "api/start@control"], false],
    ["not begun", ["api/configure@control"], false],
  ])("knows what is %s", (_, names, expected) => expect(recordsAsDone(deployment, names)).toBe(expected));

  test("a step that is done again is being done", () => {
    const again = { ...deployment, pending_operations: [{ resource: resource("api/install@control") }] };
    expect(recordsAsDone(again, ["api/install@control"])).toBe(false);
  });

  test("is restored without operations that went on, and otherwise as it was", () => {
    expect(withoutPending(deployment)).toEqual({ ...deployment, pending_operations: [] });
  });
});
