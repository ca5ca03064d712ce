import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Results } from "../../../scripts/measure/results.ts";

let folder = "";
let results: Results;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scratchstack-test-"));
  results = new Results(join(folder, "bench"), "one");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("what is written is read again, also by another run", () => {
  results.write("lab002:baked", { seconds: 3 });
  const again = new Results(join(folder, "bench"), "two");
  expect(again.has("lab002:baked")).toBe(true);
  expect(again.read("lab002:baked")).toEqual({ seconds: 3 });
  expect(again.has("lab002:down")).toBe(false);
  expect(again.read("lab002:down")).toBeUndefined();
});

test("a file of each figure, and no draft", () => {
  results.write("lab001:down", 1);
  results.write("lab001:down", 2);
  expect(readdirSync(join(folder, "bench/lab001"))).toEqual(["down.json"]);
  expect(results.read("lab001:down")).toBe(2);
});

test("removing a figure removes those below it, and nothing else", () => {
  for (const id of ["kills", "kills:1", "kills:end", "killsome:1"]) results.write(id, 1);
  results.remove("kills");
  results.remove("never-measured");
  const there = ["kills", "kills:1", "kills:end", "killsome:1"].filter((id) => results.has(id));
  expect(there).toEqual(["killsome:1"]);
});

test("the day is that of the newest figure, the sources are those of all", () => {
  expect(() => results.origin()).toThrow("found no figures");
  results.write("a", 1, new Date("2026-02-03T04:05:06Z"));
  results.write("b:c", 1, new Date("2026-03-01T00:00:00Z"));
  expect(results.origin()).toEqual({ date: "2026-03-01", source: "one" });
  const later = new Results(join(folder, "bench"), "two");
  later.write("d", 1, new Date("2026-02-28T00:00:00Z"));
  later.write("e", 1, new Date("2026-03-01T01:00:00Z"));
  expect(later.origin()).toEqual({ date: "2026-03-01", source: "one and two" });
});
