import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse, YAMLParseError } from "yaml";
import { stackFileSchema } from "../../src/config/json-schema.ts";
import { defaultKind } from "../../src/config/kind.ts";
import { ownValues, withKind } from "../../src/config/normalize.ts";
import { stackSchema } from "../../src/config/schema.ts";
import { STACKS } from "../../src/config/stack-file.ts";
import { KINDS } from "../../src/hardware/kinds.ts";

const CASES = join(import.meta.dirname, "../cases/config");
const SCHEMA = "stack.schema.json";
const validate = new Ajv2020({ strictTypes: true, allowUnionTypes: true, strictRequired: false }).compile(
  stackFileSchema(KINDS),
);

/** Shown without values, which it must not be: it is in place of user and password. */
const CREDENTIAL = / *applicationCredential:\n *id:\n *secret:\n/;

const files = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.endsWith(".yaml") || name.endsWith(".txt"));

/** What the schema finds wrong with a stack file; undefined for what is not YAML. */
function problems(path: string): readonly string[] | undefined {
  try {
    validate(parse(readFileSync(path, "utf8")));
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  } catch (error) {
    if (error instanceof YAMLParseError) return undefined;
    throw error;
  }
}

it("is up to date: `npm run schema` writes it", () => {
  expect(JSON.parse(readFileSync(join(STACKS, SCHEMA), "utf8"))).toEqual(stackFileSchema(KINDS));
});

describe("a stack file", () => {
  it.each(files(STACKS))("%s is accepted, and names the schema in its first line", (name) => {
    expect(problems(join(STACKS, name))).toEqual([]);
    const [first] = readFileSync(join(STACKS, name), "utf8").split("\n");
    expect(first).toBe(`# yaml-language-server: $schema=${SCHEMA}`);
  });
  it.each(files(STACKS))("%s is accepted with every commented key", (name) => {
    const uncommented = readFileSync(join(STACKS, name), "utf8").replaceAll(/^( *)# /gm, "$1");
    validate(parse(uncommented.replace(CREDENTIAL, "")));
    expect(validate.errors ?? []).toEqual([]);
  });
  it.each(files(join(CASES, "good")))("%s is accepted", (name) => {
    expect(problems(join(CASES, "good", name))).toEqual([]);
  });
});

/** Files that a pattern cannot tell from right ones: the bits behind a network's prefix. */
const BEYOND_PATTERNS = ["cidr-host-bits.yaml"];

/** Whether zod finds every key right by itself. */
function everyKeyIsRight(content: string): boolean {
  const { config } = parse(content) as { config: Record<string, unknown> };
  return stackSchema(KINDS).safeParse(withKind(ownValues(config), defaultKind(KINDS))).success;
}

describe("a bad stack file", () => {
  const bad = files(join(CASES, "bad")).filter((name) => problems(join(CASES, "bad", name)) !== undefined);
  const accepted = bad.filter((name) => problems(join(CASES, "bad", name))?.length === 0);

  it("is accepted only where no key is wrong by itself", () => {
    const wrong = accepted.filter((name) => !everyKeyIsRight(readFileSync(join(CASES, "bad", name), "utf8")));
    expect(wrong).toEqual(BEYOND_PATTERNS);
  });

  it.each([
    "lab-unknown.yaml",
    "node-name-here.yaml",
    "node-name-upper.yaml",
    "unknown-key-bare.yaml",
    "keys-beside-config.yaml",
  ])("%s is rejected", (name) => {
    expect(bad).toContain(name);
    expect(accepted).not.toContain(name);
  });
});

it("describes every key", () => {
  const nameless = (schema: Keys, path: string): string[] => [
    ...Object.entries(schema.properties ?? {}).flatMap(([key, below]) => [
      ...(below.description === undefined && below.$ref === undefined ? [`${path}.${key}`] : []),
      ...nameless(below, `${path}.${key}`),
    ]),
    ...Object.entries(schema.$defs ?? {}).flatMap(([key, below]) => nameless(below, key)),
    ...[...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].flatMap((one) => nameless(one, path)),
    ...(typeof schema.additionalProperties === "object" ? nameless(schema.additionalProperties, path) : []),
  ];
  expect(nameless(stackFileSchema(KINDS) as Keys, "")).toEqual([]);
});

interface Keys {
  readonly description?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Keys>>;
  readonly properties?: Readonly<Record<string, Keys>>;
  readonly additionalProperties?: Keys | boolean;
  readonly oneOf?: readonly Keys[];
  readonly anyOf?: readonly Keys[];
}
