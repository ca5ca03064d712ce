import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../../src/config/paths.ts";

const SOURCE = "src/cli/main.ts";

/** A small checkout whose command says one word, and a way to run it as `scripts/lab` does. */
function checkout() {
  const root = mkdtempSync(join(tmpdir(), "scratchstack-compiled-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  cpSync(join(ROOT, "scripts/lib"), join(root, "scripts/lib"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write("package.json", `{ "type": "module" }`);
  write("package-lock.json", "{}");
  write("src/plugin/main.ts", "");
  write("src/word.ts", 'export const word: string = "one";\n');
  write(SOURCE, 'import { word } from "../word.ts";\nconsole.log(word, import.meta.url);\n');
  const lines = ["set -eu", ". scripts/lib/environment.sh", ". scripts/lib/compiled.sh"];
  const text = [...lines, `compiled main ${SOURCE}`, `"\${RUN[@]}"`].join("\n");
  const run = () => {
    const { stdout, stderr } = spawnSync("bash", ["-c", text], { cwd: root, encoding: "utf8" });
    return stdout.trim().replace(`file://${root}/`, "") + stderr;
  };
  return { root, write, run };
}

test("is compiled once, and anew where a source was changed, is new or is gone", () => {
  const { root, write, run } = checkout();
  const stamp = () => statSync(join(root, "build/lab/compiled")).mtimeMs;
  expect(run()).toBe("one build/lab/main.mjs");
  const first = stamp();
  expect(run()).toBe("one build/lab/main.mjs");
  expect(stamp()).toBe(first);
  write("src/word.ts", 'export const word: string = "two";\n');
  expect(run()).toBe("two build/lab/main.mjs");
  write("src/more.ts", "");
  const second = stamp();
  run();
  expect(stamp()).toBeGreaterThan(second);
  rmSync(join(root, "src/word.ts"));
  expect(run()).toContain('Could not resolve "../word.ts"');
});

test("where nothing can be written, the source is run as it is", () => {
  const { write, run } = checkout();
  write("build", "in the way");
  expect(run()).toBe(`one ${SOURCE}`);
});

test("a checkout that is not set up says what to do", () => {
  const { root, run } = checkout();
  rmSync(join(root, "node_modules"));
  expect(run()).toBe(`This checkout is not set up. Run ${root}/scripts/setup.\n`);
});
