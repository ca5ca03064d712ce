import { describe, expect, test } from "vitest";
import { deploymentIn, knows, progressOf, settled } from "../../src/checkpoints/deployment.ts";

const resource = (name: string) => ({
  urn: `urn:pulumi:s::scratchstack::command:remote:Command::${name}`,
  type: "command:remote:Command",
});
const deployment = {
  manifest: { magic: "m" },
  resources: [resource("api/install@control"), resource("facts@control"), resource("hardware/node-control")],
  pending_operations: [{ resource: resource("api/start@control"), type: "creating" }],
};

describe("the state of a moment", () => {
  test.each([
    ["as the engine keeps it", { version: 3, checkpoint: { stack: "s", latest: deployment } }],
    ["as the engine exports it", { version: 3, deployment }],
  ])("%s", (_, file) => expect(deploymentIn(JSON.stringify(file))).toEqual(deployment));

  test("of a stack without anything is none", () => {
    expect(deploymentIn(JSON.stringify({ version: 3, checkpoint: { stack: "s" } }))).toBeUndefined();
  });

  test("says which steps are done and which are under way", () => {
    expect(progressOf(deployment)).toEqual({
      done: ["api/install@control"],
      underway: ["api/start@control"],
    });
  });

  test.each([
    ["done", ["api/install@control"], true],
    ["under way", ["api/install@control", "api/start@control"], false],
    ["not begun", ["api/configure@control"], false],
  ])("knows what is %s", (_, names, expected) => expect(knows(deployment, names)).toBe(expected));

  test("a step that is done again is under way", () => {
    const again = { ...deployment, pending_operations: [{ resource: resource("api/install@control") }] };
    expect(knows(again, ["api/install@control"])).toBe(false);
  });

  test("is put back with nothing under way, and all else as it was", () => {
    expect(settled(deployment)).toEqual({ ...deployment, pending_operations: [] });
  });
});
