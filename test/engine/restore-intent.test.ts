import { describe, expect, test } from "vitest";
import { nodesWithoutSnapshot } from "../../src/checkpoints/missing-snapshots.ts";
import { checkCheckpointName, newId } from "../../src/checkpoints/record.ts";
import { intentStatus } from "../../src/engine/restore-intent.ts";

const intent = { name: "after-api", id: "i", pid: 7, hostname: "here", since: "2026-01-01T00:00:00Z" };
const me = { pid: 9, hostname: "here" };

describe("a restore that is noted", () => {
  test.each([
    ["nothing noted", undefined, false, "none"],
    ["whoever began it is gone", intent, false, "interrupted"],
    ["whoever began it is at it", intent, true, "held"],
    ["it is our own", { ...intent, pid: 9 }, true, "interrupted"],
    [
      "it was begun on another machine, of which nobody here can tell",
      { ...intent, hostname: "there" },
      false,
      "held",
    ],
  ])("%s", (_, noted, alive, verdict) => {
    expect(intentStatus(noted, me, () => alive)).toBe(verdict);
  });
});

describe("a checkpoint", () => {
  const stored = [
    { id: "i", node: "control", bytes: null },
    { id: "j", node: "compute", bytes: null },
  ];

  test("is lost with the snapshot of any of its nodes", () => {
    expect(nodesWithoutSnapshot({ id: "i", nodes: ["control"] }, stored)).toEqual([]);
    expect(nodesWithoutSnapshot({ id: "i", nodes: ["control", "compute"] }, stored)).toEqual(["compute"]);
  });

  test.each(["before-break", "after-keystone", "after-nova/map-cells", "x_1"])("may be called %s", (name) => {
    expect(() => checkCheckpointName(name)).not.toThrow();
  });

  test.each(["", "Big", "a b", "../x", "a/b/c", "-x", "ä", "x".repeat(81)])(
    "may not be called %j",
    (name) => {
      expect(() => checkCheckpointName(name)).toThrow("expected a name of small letters");
    },
  );

  test("has an id that no other has, and that is a snapshot's name", () => {
    const at = new Date("2026-01-02T03:04:05.678Z");
    expect(newId("after-nova/map-cells", at)).toBe("after-nova.map-cells.20260102030405678");
  });
});
