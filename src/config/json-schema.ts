import { z } from "zod";
import { defaultKind, type Kinds } from "./kind.ts";
import { LAB_ROLES } from "./labs.ts";
import { NAMESPACE } from "./normalize.ts";
import { stackSchema } from "./schema.ts";

/** The parts of a JSON Schema that are read or changed here. */
interface Schema {
  readonly [keyword: string]: unknown;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}

/**
 * The JSON Schema of stack files, for editors. It describes each key by itself; only `parse.ts` compares keys with one another. It
 * accepts what the parser accepts: keys with and without the namespace, keys of other namespaces, and keys without a value.
 */
export function stackFileSchema(kinds: Kinds): object {
  const { $schema, ...whole } = z.toJSONSchema(stackSchema(kinds), {
    io: "input",
    unrepresentable: "any",
  }) as Schema;
  const keys = orEmpty(withDefaultKind(whole, defaultKind(kinds))).properties ?? {};
  const names = Object.keys(keys);
  return {
    $schema,
    title: "Stack file of scratchstack",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        description: "Configuration of the stack",
        type: "object",
        properties: Object.fromEntries(
          names.flatMap((name) => [name, `${NAMESPACE}:${name}`].map((key) => [key, reference(name)])),
        ),
        patternProperties: { [`^(?!${NAMESPACE}:)[^:]+:`]: true },
        additionalProperties: false,
        anyOf: ["lab", `${NAMESPACE}:lab`].map((key) => ({ required: [key] })),
      },
    },
    // A key of the configuration that is not indented below `config`.
    patternProperties: { [`^${NAMESPACE}:`]: false },
    $defs: {
      ...keys,
      lab: { ...keys.lab, enum: Object.keys(LAB_ROLES) },
      release: { ...keys.release, ...orNumber(keys.release?.enum) },
    },
  };
}

const reference = (name: string): Schema => ({ $ref: `#/$defs/${name}` });

/** YAML reads a release without quotes as a number. */
const orNumber = (values: readonly unknown[] = []) => ({
  type: ["string", "number", "null"],
  enum: values.flatMap((value) => (typeof value === "string" ? [value, Number(value)] : [value])),
});

/** The kind of hardware can be left out where it is the default one. */
function withDefaultKind(whole: Schema, kind: string): Schema {
  const hardware = whole.properties?.hardware;
  const oneOf = hardware?.oneOf?.map((one) =>
    one.properties?.kind?.const === kind
      ? { ...one, required: (one.required ?? []).filter((key) => key !== "kind") }
      : one,
  );
  return { ...whole, properties: { ...whole.properties, hardware: { ...hardware, oneOf } as Schema } };
}

/** The same schema where keys that are not required can be without a value, which is `null` in YAML. */
function orEmpty(schema: Schema): Schema {
  const { properties, required = [], additionalProperties, oneOf, anyOf } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, below]) => [
          name,
          required.includes(name) ? orEmpty(below) : orNull(orEmpty(below)),
        ]),
      ),
    }),
    ...(typeof additionalProperties === "object" && {
      additionalProperties: orNull(orEmpty(additionalProperties)),
    }),
    ...(oneOf && { oneOf: oneOf.map(orEmpty) }),
    ...(anyOf && { anyOf: anyOf.map(orEmpty) }),
  };
}

const NULL: Schema = { type: "null" };

function orNull(schema: Schema): Schema {
  const { const: only, ...rest } = schema;
  if (rest.oneOf) return { ...rest, oneOf: [...rest.oneOf, NULL] };
  if (rest.anyOf)
    return rest.anyOf.some(({ type }) => type === "null") ? rest : { ...rest, anyOf: [...rest.anyOf, NULL] };
  const values = only === undefined ? rest.enum : [only];
  return {
    ...rest,
    type: [rest.type, "null"],
    ...(values && { enum: [...values, null] }),
  } as unknown as Schema;
}
