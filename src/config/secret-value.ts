import { z } from "zod";
import { isMapping } from "./normalize.ts";

/** What a stack file has in place of a value that `pulumi config set --secret` encrypted. */
interface Locked {
  readonly secure: string;
}

/** A secret of a stack's configuration: encrypted as in its file, or decrypted by the engine. */
export type SecretValue = string | Locked;

const isLocked = (value: unknown): value is Locked => isMapping(value) && typeof value.secure === "string";

const IN_JSON_SCHEMA = {
  anyOf: [
    { type: "string", minLength: 1 },
    { type: "object", required: ["secure"] },
  ],
};

/** A secret. Problems do not show its value (`issues.ts`). @param pattern that its plain value matches. @default any text */
export const secretValue = (expected: string, pattern = /./) =>
  z
    .custom<SecretValue>((value) => isLocked(value) || (typeof value === "string" && pattern.test(value)), {
      error: expected,
      params: { secret: true },
    })
    .meta(IN_JSON_SCHEMA);

/** Whether a value, or one in it, is still encrypted. */
export const holdsLocked = (value: unknown): boolean =>
  isLocked(value) ||
  (Array.isArray(value)
    ? value.some(holdsLocked)
    : isMapping(value) && Object.values(value).some(holdsLocked));

/** @throws Error for a secret that is still encrypted: a mistake of the program */
export function plainSecret(value: SecretValue): string {
  if (typeof value === "string") return value;
  throw new Error("config: a secret was used before it was unlocked");
}

/** Names of the keys that hold secrets, wherever they stand in a configuration. */
const SECRET_KEYS: ReadonlySet<string> = new Set(["password", "secret"]);

/** User and password of a URL. */
const LOGIN_IN_URL = /^[a-z]+:\/\/([^/@\s]*:([^/@\s]+))@/;

/** All secrets of a configuration whose values are decrypted: what must be masked in output. Passwords in URLs are among them. */
export function secretsIn(value: unknown): string[] {
  if (typeof value === "string") {
    const [, login, password] = LOGIN_IN_URL.exec(value) ?? [];
    return login === undefined || password === undefined
      ? []
      : [login, password, decodeURIComponent(password)];
  }
  if (Array.isArray(value)) return value.flatMap(secretsIn);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    SECRET_KEYS.has(key) && typeof item === "string" ? [item] : secretsIn(item),
  );
}
