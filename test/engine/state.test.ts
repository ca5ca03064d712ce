import { describe, expect, test } from "vitest";
import { withoutEncryptionSalt } from "../../src/engine/config-secrets.ts";
import { lockStatus } from "../../src/engine/lock.ts";
import { observed } from "../../src/engine/observed.ts";
import { NOTHING } from "../../src/engine/stack.ts";
import { tookSeconds } from "../../src/plan/script.ts";

const urn = (type: string, name: string) => `urn:pulumi:s::scratchstack::${type}::${name}`;
const secret = (value: unknown) => ({
  "4dabf18193072939515e22adb298388d": "x",
  plaintext: JSON.stringify(value),
});

describe("observed", () => {
  const state = observed([
    {
      urn: urn("scratchstack:lab:Node", "control"),
      type: "scratchstack:lab:Node",
      outputs: {
        name: "control",
        roles: ["control"],
        addresses: { management: "10.1.0.11" },
        connection: secret({ host: "10.1.0.11" }),
        facts: { virt_type: "qemu" },
      },
    },
    {
      urn: urn("command:local:Command", "secret/api/database"),
      type: "command:local:Command",
      outputs: { stdout: secret("abc") },
    },
    {
      urn: urn("command:remote:Command", "api/start@control"),
      type: "command:remote:Command",
      outputs: { stdout: "x\ntook 2.500 s" },
      modified: "2026-01-01T00:00:00Z",
    },
    {
      urn: urn("command:remote:Command", "facts@control"),
      type: "command:remote:Command",
      outputs: { stdout: "{}" },
    },
  ]);

  test("nodes with their connection, decrypted", () => {
    expect(state.nodes).toMatchObject([
      { name: "control", connection: { host: "10.1.0.11" }, facts: { virt_type: "qemu" } },
    ]);
  });

  test("passwords by name", () => expect(state.secrets).toEqual({ "api/database": "abc" }));

  test("steps that are done, with their times; facts are not a step", () => {
    expect(state.done).toEqual([
      {
        name: "api/start@control",
        step: "api/start",
        node: "control",
        seconds: 2.5,
        at: "2026-01-01T00:00:00Z",
      },
    ]);
  });

  test("an empty state is a stack with nothing in it", () => {
    expect(observed([])).toEqual({ ...NOTHING, exists: true });
  });
});

test.each([
  ["took 12.345 s\n", 12.345],
  ["changed\ntook 0.001 s", 0.001],
  ["took long", undefined],
  ["", undefined],
])("tookSeconds(%j) is %j", (text, seconds) => expect(tookSeconds(text)).toBe(seconds));

test.each([
  ["here", true, "held"],
  ["here", false, "stale"],
  ["elsewhere", false, "held"],
])("a lock of %s, alive %s, is %s", (hostname, alive, verdict) => {
  expect(lockStatus({ pid: 7, hostname, username: "u", timestamp: "t" }, "here", () => alive)).toBe(verdict);
});

describe("withoutEncryptionSalt", () => {
  test("leaves the file as it was before the stack was made", () => {
    expect(withoutEncryptionSalt("# c\nencryptionsalt: v1:a=:v1:b\nconfig:\n  a: b\n")).toBe(
      "# c\nconfig:\n  a: b\n",
    );
  });
  test("keeps the salt that encrypted values need", () => {
    const text = "encryptionsalt: v1:a\nconfig:\n  a:\n    secure: v1:x\n";
    expect(withoutEncryptionSalt(text)).toBe(text);
  });
  test("changes nothing where there is none", () =>
    expect(withoutEncryptionSalt("config: {}\n")).toBe("config: {}\n"));
});
