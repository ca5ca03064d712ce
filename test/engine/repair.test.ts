import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { backendFolder } from "../../src/config/paths.ts";
import { removeDrafts, removeHalfWritten } from "../../src/engine/repair.ts";

let root: string;
let stacks: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "torn-"));
  stacks = join(root, ".pulumi/stacks/p");
  mkdirSync(stacks, { recursive: true });
});

afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ["file:///srv/state", "/srv/state"],
  ["file:///srv/state?metadata=skip", "/srv/state"],
  ["s3://bucket", undefined],
  ["", undefined],
])("the folder of %s is %s", (backend, folder) => expect(backendFolder(backend)).toBe(folder));

test("attributes that an engine emptied and did not write go, all else stays", async () => {
  writeFileSync(join(stacks, "a.json"), "");
  writeFileSync(join(stacks, "a.json.attrs"), "");
  writeFileSync(join(stacks, "b.json.attrs"), "{}");
  await removeHalfWritten(`file://${root}`);
  expect(readdirSync(stacks).sort()).toEqual(["a.json", "b.json.attrs"]);
});

test("with nothing half written, or without a folder, nothing is done", async () => {
  await removeHalfWritten(`file://${root}`);
  await removeHalfWritten(`file://${root}/absent`);
  await removeHalfWritten("s3://bucket");
  expect(readdirSync(root)).toEqual([".pulumi"]);
});

test("drafts of this stack alone go", async () => {
  for (const name of ["a.json", "a.json.1f.tmp", "a.json.bak.2e.tmp", "ab.json.3d.tmp"]) {
    writeFileSync(join(stacks, name), "");
  }
  await removeDrafts(`file://${root}?metadata=skip`, "p", "a");
  expect(readdirSync(stacks).sort()).toEqual(["a.json", "ab.json.3d.tmp"]);
});
