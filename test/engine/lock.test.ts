import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { hasStaleLock, lockStatus } from "../../src/engine/lock.ts";

/** A backend folder with a lock that a process holds. */
function lockedBy(pid: number, host = hostname()): string {
  const root = mkdtempSync(join(tmpdir(), "lock-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, ".pulumi/locks/organization/p/s");
  mkdirSync(folder, { recursive: true });
  const lock = { pid, hostname: host, username: "ann", timestamp: "2026-01-01T00:00:00Z" };
  writeFileSync(join(folder, "one.json"), JSON.stringify(lock));
  return `file://${root}`;
}

describe("a lock", () => {
  const lock = { pid: 7, hostname: "here", username: "ann", timestamp: "" };

  it.each([
    ["of a process that runs is held", "here", true, "held"],
    ["of a process that is gone is stale", "here", false, "stale"],
    ["of another machine is held: its processes cannot be seen", "there", false, "held"],
  ] as const)("%s", (_, host, alive, expected) => {
    expect(lockStatus(lock, host, () => alive)).toBe(expected);
  });

  it("of a process that ends while it is waited for is stale: its `lab` was killed a moment ago", async () => {
    const child = spawn("sleep", ["0.3"]);
    expect(await hasStaleLock(lockedBy(child.pid ?? 0), "p", "s", 10_000)).toBe(true);
  });

  it("of a process that goes on is refused, with who holds it and what to do", async () => {
    const refused = hasStaleLock(lockedBy(process.pid), "p", "s", 0);
    await expect(refused).rejects.toThrow(
      `Stack s is in use: process ${process.pid} of ann on ${hostname()} has worked on it since 2026-01-01T00:00:00Z. Wait for it to end`,
    );
  });

  it("of another machine is refused at once", async () => {
    await expect(hasStaleLock(lockedBy(7, "elsewhere"), "p", "s")).rejects.toThrow("on elsewhere");
  });

  it("that does not exist is not stale", async () => {
    const root = mkdtempSync(join(tmpdir(), "lock-"));
    onTestFinished(() => rmSync(root, { recursive: true }));
    expect(await hasStaleLock(`file://${root}`, "p", "s")).toBe(false);
  });
});
