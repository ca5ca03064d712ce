/** A property value as the engine sends it: JSON, and marked objects for types that JSON does not have. */
export type Value = null | boolean | number | string | Value[] | Properties;
export interface Properties {
  [key: string]: Value;
}

/** The key that marks such an object. Its value is the type. */
export const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const ASSET = "c44067f5952c0a294b673a41bacd8c17";
export const ARCHIVE = "0def7320c3a5731c473e5ecbe6d01bc7";
/** Placeholder for a text that is not known yet. Those of other types follow. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS: ReadonlySet<Value> = new Set([
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

export const isUnknown = (value: Value): boolean => UNKNOWNS.has(value);

const isList = (value: Value | undefined): value is Value[] => Array.isArray(value);
const isObject = (value: Value | undefined): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isSecret = (value: Properties): boolean => value[MARK] === SECRET;

export const secret = (value: Value): Value =>
  isObject(value) && isSecret(value) ? value : { [MARK]: SECRET, value };

/** The value with its secrets unwrapped, and without entries that are null: some SDKs send null for what is not set. */
function plain(value: Value): Value {
  if (isList(value)) return value.map(plain);
  if (!isObject(value)) return value;
  if (isSecret(value)) return plain(value.value ?? null);
  const entries = Object.entries(value).map(([key, item]) => [key, plain(item)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== null));
}

/** The same for the properties of a resource, without the engine's own (`__…`). */
export function plainProperties(properties: Properties): Properties {
  const own = Object.entries(properties).filter(([key]) => !key.startsWith("__"));
  return plain(Object.fromEntries(own)) as Properties;
}

export function containsSecret(value: Value | undefined): boolean {
  if (isList(value)) return value.some(containsSecret);
  return isObject(value) && (isSecret(value) || Object.values(value).some(containsSecret));
}

/** Every text within a secret. */
export function secretTexts(value: Value, inside = false): string[] {
  if (typeof value === "string") return inside ? [value] : [];
  if (isList(value)) return value.flatMap((item) => secretTexts(item, inside));
  if (!isObject(value)) return [];
  if (isSecret(value)) return secretTexts(value.value ?? null, true);
  return Object.values(value).flatMap((item) => secretTexts(item, inside));
}

/** Equality that ignores the order of keys. Assets are equal when their hashes are. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(value: Value | undefined): Value | undefined {
  if (isList(value)) return value.map((item) => canonical(item) ?? null);
  if (!isObject(value)) return value;
  const mark = value[MARK];
  if ((mark === ASSET || mark === ARCHIVE) && value.hash) return { [MARK]: mark, hash: value.hash };
  const entries = Object.entries(value).map(([key, item]) => [key, canonical(item) ?? null] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
