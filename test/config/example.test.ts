import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { allKeys } from "../../src/config/keys.ts";
import { LAB_ROLES } from "../../src/config/labs.ts";
import { NAMESPACE } from "../../src/config/normalize.ts";
import { stackNames } from "../../src/config/resolve-stack.ts";
import { STACKS, stackFile } from "../../src/config/stack-file.ts";
import { KINDS } from "../../src/hardware/kinds.ts";
import { parseStackConfig, parseStackFile, readStackFile } from "../../src/hardware/stack-config.ts";

/** What the stacks of each kind of hardware are called behind their lab; the annotated one names every key there is. */
const EXAMPLES: readonly {
  kind: keyof typeof KINDS;
  suffix: string;
  example: string;
  without: readonly string[];
}[] = [
  { kind: "local", suffix: "local", example: "lab002-local", without: [] },
  {
    kind: "openstack",
    suffix: "openstack",
    example: "lab002-openstack",
    without: ["checkpoints", "nodes.*.memory", "nodes.*.cpus"],
  },
  {
    kind: "hosts",
    suffix: "hosts",
    example: "lab002-hosts",
    without: ["checkpoints", "nodes.*.memory", "nodes.*.cpus"],
  },
];
/** Credentials in a stack file: shown all at once, of which one or the other is to be taken. */
const AUTH = /^ {4}auth:\n(?: {6,}.*\n)+/m;
const read = (stack: string): string => readFileSync(stackFile(stack), "utf8");
const LABS = Object.keys(LAB_ROLES);

describe.each(EXAMPLES)("$kind", ({ kind, suffix, example, without }) => {
  const ready = LABS.map((lab) => [`${lab}-${suffix}`, lab] as const);
  /** The file with every commented key made real. */
  const uncommented = read(example).replaceAll(/^( *)# /gm, "$1");

  it("has a stack ready for each lab", () => {
    expect(stackNames(readdirSync(STACKS))).toEqual(expect.arrayContaining(ready.map(([stack]) => stack)));
  });

  describe.each(ready)("%s", (stack, lab) => {
    it("is of its lab and kind", () => {
      const config = readStackFile(stack);
      expect([config.lab, config.hardware.kind]).toEqual([lab, kind]);
    });

    it("ends with a real key: the engine writes its salt behind it, and would move comments that stand there", () => {
      const [last = ""] = read(stack)
        .replace(/^encryptionsalt:.*\n/m, "")
        .split("\n")
        .slice(-2);
      expect(last).toMatch(/^ {2}scratchstack:\w+: /);
    });

    it("is the annotated example, or names it", () => {
      if (stack !== example) expect(read(stack)).toContain(basename(stackFile(example)));
    });
  });

  it("has an annotated example that shows the defaults as they are", () => {
    expect(parseStackFile(example, "example", uncommented.replace(AUTH, ""))).toEqual(readStackFile(example));
  });

  it("has an annotated example that names every key of the schema", () => {
    const { config } = parse(uncommented) as { config: Record<string, unknown> };
    const missing = allKeys(kind, KINDS).filter(
      (path) => !without.includes(path.join(".")) && !has(config, path),
    );
    expect(missing).toEqual([]);
  });
});

it.each(LABS)("%s-local says nothing but its lab and defaults", (lab) => {
  expect(readStackFile(`${lab}-local`)).toEqual(parseStackConfig(`${lab}-local`, { lab }));
});

function has(value: unknown, [key, ...rest]: readonly string[]): boolean {
  if (key === undefined) return true;
  if (value === null || typeof value !== "object") return false;
  const entries = Object.entries(value).filter(
    ([name]) => key === "*" || name === key || name === `${NAMESPACE}:${key}`,
  );
  return entries.some(([, below]) => has(below, rest));
}
