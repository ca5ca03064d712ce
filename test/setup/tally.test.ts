import { describe, expect, it } from "vitest";
import { tally } from "../../src/setup/tally.ts";

const report = (numPassedTests: number, numFailedTests: number): string =>
  JSON.stringify({ numPassedTests, numFailedTests });

describe("tally", () => {
  it.each([
    [
      "adds up",
      [{ code: 0, report: report(5, 0) }, { code: 0 }, { code: 0, report: report(2, 0) }],
      "8 passed, 0 failed",
      true,
    ],
    ["counts failed tests", [{ code: 1, report: report(5, 2) }], "5 passed, 2 failed", false],
    [
      "counts a failed static check as a test",
      [{ code: 0, report: report(5, 0) }, { code: 2 }],
      "5 passed, 1 failed",
      false,
    ],
    [
      "counts a file that could not be loaded",
      [{ code: 1, report: report(5, 0) }],
      "5 passed, 1 failed",
      false,
    ],
    [
      "counts a runner that left half a report",
      [{ code: 137, report: '{"numPas' }],
      "0 passed, 1 failed",
      false,
    ],
    ["is not content with nothing", [], "0 passed, 0 failed", false],
  ])("%s", (_name, parts, line, ok) => {
    expect(tally(parts)).toEqual({ line, ok });
  });
});
