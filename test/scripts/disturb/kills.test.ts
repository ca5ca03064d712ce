import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { KilledRun } from "../../../scripts/disturb/kill.ts";
import { readKills } from "../../../scripts/disturb/kills.ts";
import { moments } from "../../../scripts/disturb/moments.ts";
import { cameClean, verdict } from "../../../scripts/disturb/verdict.ts";
import { Results } from "../../../scripts/measure/results.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scratchstack-test-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("moments lie between 5 and 40 seconds, and are those of their seed", () => {
  const drawn = moments(7, 1_000);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(5);
  expect(Math.min(...drawn)).toBeLessThan(6);
  expect(Math.max(...drawn)).toBeLessThanOrEqual(40);
  expect(Math.max(...drawn)).toBeGreaterThan(39);
  expect(moments(7, 20)).toEqual(drawn.slice(0, 20));
  expect(moments(8, 20)).not.toEqual(drawn.slice(0, 20));
});

test("runs that were kept are read up to the first that is missing", () => {
  const results = new Results(folder, "0123456789");
  expect(readKills(results)).toEqual({ runs: [] });
  const run: KilledRun = { ended: "killed", after: 9, names: ["a"] };
  results.write("kills", 42);
  results.write("kills:1", run);
  results.write("kills:2", run);
  results.write("kills:4", run);
  expect(readKills(results)).toEqual({ seed: 42, runs: [run, run] });
});

const killed: KilledRun = { ended: "killed", after: 9, names: [] };
const ten = Array.from({ length: 10 }, () => killed);
const end = { ok: true, up: 60, seconds: 10, last: [] };

test.each([
  ["ten kills and a clean end", { runs: ten, end }, true],
  ["a build that was done in between", { runs: [...ten, { ended: "done" as const, names: [] }], end }, true],
  ["nine kills", { runs: ten.slice(1), end }, false],
  ["a run that failed by itself", { runs: [...ten, { ended: "failed" as const, names: [] }], end }, false],
  ["no end", { runs: ten }, false],
  ["an end that failed", { runs: ten, end: { ...end, ok: false } }, false],
  ["an end that never came clean", { runs: ten, end: { ok: true, up: 60, last: ["a x"] } }, false],
])("%s", (_name, kills, clean) => {
  expect(cameClean(kills)).toBe(clean);
});

test.each([
  ["in time", { seconds: 120, web: 30, last: [] }, "yes"],
  ["clean too late", { seconds: 121, web: 30, last: [] }, "late"],
  ["its server too late", { seconds: 100, web: 130, last: [] }, "late"],
  ["never clean", { web: 30, last: [] }, "no"],
  ["its server never there", { seconds: 100, last: [] }, "no"],
])("verdict: %s", (_name, disturbed, said) => {
  expect(verdict(disturbed)).toBe(said);
});
