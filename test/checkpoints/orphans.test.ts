import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { withoutOrphans } from "../../src/checkpoints/orphans.ts";
import { type CheckpointRecord, checkpointFolder, writeRecord } from "../../src/checkpoints/record.ts";

const home = mkdtempSync(join(tmpdir(), "strays-test-"));
vi.stubEnv("SCRATCHSTACK_HOME", home);
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** More than any process has. */
const NOBODY = 2 ** 30;
const removed: string[] = [];
const hardware = { remove: async (_: string, ids: readonly string[]) => void removed.push(...ids) };
const notes = join(checkpointFolder("s"), "unsettled");

/** What one who was killed, or is still at it, has left. */
function noted(name: string, ids: readonly string[], pid: number, host = hostname()): void {
  mkdirSync(notes, { recursive: true });
  writeFileSync(join(notes, `${name}.json`), JSON.stringify({ ids, pid, hostname: host }));
}

const record = (name: string, id: string): Promise<void> =>
  writeRecord("s", { name, id, at: id } as CheckpointRecord, {});

beforeEach(() => {
  rmSync(home, { recursive: true, force: true });
  removed.length = 0;
});

describe("work on checkpoints leaves no snapshot without a record", () => {
  test("a snapshot with a record stays, the one that it replaces is removed", async () => {
    await record("mine", "old");
    await withoutOrphans("s", hardware, ["new", "old"], () => record("mine", "new"));
    expect(removed).toEqual(["old"]);
    expect(readdirSync(notes)).toEqual([]);
  });

  test("nothing is removed where all have a record", async () => {
    await record("mine", "i");
    await withoutOrphans("s", hardware, ["i"], async () => undefined);
    expect(removed).toEqual([]);
  });

  test("the snapshot of a failed save is removed, and the error goes on", async () => {
    const work = async () => Promise.reject(new Error("no room"));
    await expect(withoutOrphans("s", hardware, ["half"], work)).rejects.toThrow("no room");
    expect(removed).toEqual(["half"]);
    expect(readdirSync(notes)).toEqual([]);
  });

  test("where it cannot be removed now, the next work on checkpoints removes it", async () => {
    const broken = { remove: async () => Promise.reject(new Error("Incus is away")) };
    const work = async () => Promise.reject(new Error("no room"));
    await expect(withoutOrphans("s", broken, ["half"], work)).rejects.toThrow("no room");
    await withoutOrphans("s", hardware, [], async () => undefined);
    expect(removed).toEqual(["half"]);
  });

  test("the orphans of work that was killed are removed, snapshots with a record stay", async () => {
    await record("mine", "kept");
    noted("killed", ["stray", "kept"], NOBODY);
    await withoutOrphans("s", hardware, [], async () => undefined);
    expect(removed).toEqual(["stray"]);
    expect(readdirSync(notes)).toEqual([]);
  });

  test.each([
    ["of another who is at it", process.ppid, hostname()],
    ["of one on another machine", NOBODY, "elsewhere"],
  ])("what is %s stays", async (_, pid, host) => {
    noted("theirs", ["theirs"], pid, host);
    await withoutOrphans("s", hardware, [], async () => undefined);
    expect(removed).toEqual([]);
    expect(readdirSync(notes)).toEqual(["theirs.json"]);
  });
});
