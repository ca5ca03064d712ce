import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";

const PAGE = readFileSync(join(ROOT, "docs/decisions/path-of-up.md"), "utf8");
const PATH = [...PAGE.matchAll(/^\| `(src\/[^`]+)` \| `([^`]+)` \|/gm)].map(([, file = "", name = ""]) => ({
  file,
  name,
  text: readFileSync(join(ROOT, file), "utf8"),
}));

/** Files that are not imported by the one before them: the port and a folder's table are between, or another process. */
const BETWEEN: Readonly<Record<string, string>> = {
  "src/cli/commands/up.ts": "src/cli/commands/index.ts",
  "src/cli/real-lab.ts": "src/cli/real-context.ts",
  "src/program/lab-stack.ts": "src/run/up.ts",
  "src/actions/ini/index.ts": "src/actions/kinds.ts",
  "src/plugin/service.ts": "src/plugin/main.ts",
};

test("at most 18 files are between the command and the node", () => {
  expect(PATH.length).toBeGreaterThan(10);
  expect(PATH.length).toBeLessThanOrEqual(18);
});

test.each(PATH)("$file has $name", ({ name, text }) => {
  expect(text).toMatch(new RegExp(`\\b${name}\\b`));
});

test.each(PATH.slice(1).map(({ file, name }, index) => ({ file, name, before: PATH[index]?.file ?? "" })))(
  "$before leads to $file",
  ({ file, before }) => {
    const from = BETWEEN[file] ?? before;
    const importing = readFileSync(join(ROOT, from), "utf8");
    const folder = basename(dirname(file));
    expect(importing).toMatch(new RegExp(`["(](?:\\.\\.?/)+(?:[^"]*/)?(?:${folder}/)?${basename(file)}"`));
  },
);
