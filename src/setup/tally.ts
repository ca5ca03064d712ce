/** One part of `scripts/test`: its exit code and, where vitest ran, its JSON report. */
export interface Part {
  readonly code: number;
  readonly report?: string;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
}

/**
 * Adds up the parts. A part without a report counts as one test. A part that failed without a failed test (a file that
 * could not be loaded, a hook, a crash) counts as one more failed test.
 */
export function tally(parts: readonly Part[]): { line: string; ok: boolean } {
  let passed = 0;
  let failed = 0;
  for (const { code, report } of parts) {
    const counts = report === undefined ? undefined : parseReport(report);
    if (counts === undefined) {
      if (code === 0 && report === undefined) passed += 1;
      else failed += 1;
      continue;
    }
    passed += counts.numPassedTests;
    failed += counts.numFailedTests;
    if (code !== 0 && counts.numFailedTests === 0) failed += 1;
  }
  return { line: `${passed} passed, ${failed} failed`, ok: failed === 0 && passed > 0 };
}

/** @returns undefined for a report that is not complete, after a crash or on a full disk */
function parseReport(text: string): Report | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
