import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { expect, it } from "vitest";

const TESTS = join(import.meta.dirname, "python");
const ACTIONS = join(import.meta.dirname, "../../src/actions");

/** The tests in `<kind>_test.py` import the programs of that kind, as they are in src/actions/<kind>. */
it.each(readdirSync(TESTS))("%s", (file) => {
  const folder = join(ACTIONS, file.replace(/_test\.py$/, ""));
  // -B: no compiled files among the sources, which would have the bundle made anew.
  const { status, stderr } = spawnSync("python3", ["-B", join(TESTS, file)], {
    encoding: "utf8",
    env: { ...process.env, PYTHONPATH: [ACTIONS, folder].join(delimiter) },
  });
  expect(stderr).toMatch(/\nRan [1-9]\d* tests? in .*\n\nOK\n$/);
  expect(status).toBe(0);
});
