import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The layers as docs/decisions/layers.md has them, top to bottom. */
const LAYERS = [
  ["cli"],
  ["handbook", "verify", "setup"],
  ["graph"],
  ["run"],
  ["checkpoints"],
  ["drift"],
  ["health"],
  ["program"],
  ["engine"],
  ["plan"],
  ["hardware"],
  ["plugin"],
  ["transport"],
  ["actions"],
  ["config"],
  ["curriculum"],
];
const FOLDERS = LAYERS.flat();
const ROOT = resolve(import.meta.dirname, "../..");

const checkout = mkdtempSync(join(tmpdir(), "layers-"));
let refused: string[] = [];

/** A checkout in which every folder imports from every other one, cruised with the rules of this one. */
beforeAll(() => {
  for (const name of [".dependency-cruiser.cjs", "tsconfig.json", "node_modules"]) {
    symlinkSync(join(ROOT, name), join(checkout, name));
  }
  for (const folder of FOLDERS) {
    mkdirSync(join(checkout, "src", folder), { recursive: true });
    writeFileSync(join(checkout, "src", folder, "target.ts"), "export const target = 1;\n");
    for (const other of FOLDERS.filter((one) => one !== folder)) {
      const text = `import { target } from "../${other}/target.ts";\nexport const use = target;\n`;
      writeFileSync(join(checkout, "src", folder, `imports-${other}.ts`), text);
    }
  }
  refused = violations();
});

afterAll(() => rmSync(checkout, { recursive: true }));

function violations(): string[] {
  const command = [
    "node_modules/.bin/depcruise",
    "--config",
    ".dependency-cruiser.cjs",
    "--output-type",
    "json",
    "src",
  ];
  const [file = "", ...args] = command;
  const { summary } = JSON.parse(execFileSync(file, args, { cwd: checkout, encoding: "utf8" })) as {
    summary: { violations: { from: string; to: string }[] };
  };
  return [...new Set(summary.violations.map(({ from, to }) => `${folderOf(from)} → ${folderOf(to)}`))].sort();
}

const folderOf = (path: string): string => path.split("/")[1] ?? "";

test("every import from a folder above or beside is refused, and nothing that a layer may import", () => {
  const upwards = LAYERS.flatMap((row, index) =>
    row.flatMap((folder) =>
      [...LAYERS.slice(0, index).flat(), ...row.filter((other) => other !== folder)].map(
        (other) => `${folder} → ${other}`,
      ),
    ),
  );
  const apart = [
    ...["plan", "hardware", "curriculum"].map((other) => `plugin → ${other}`),
    ...["actions", "curriculum"].map((other) => `transport → ${other}`),
    ...["handbook", "graph"].flatMap((folder) => [`${folder} → transport`, `${folder} → plugin`]),
  ];
  expect(refused).toEqual([...new Set([...upwards, ...apart])].sort());
});

test("every folder of src has its layer", () => {
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((one) => one.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !FOLDERS.includes(name))).toEqual([]);
});
