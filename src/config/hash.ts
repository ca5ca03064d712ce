import { createHash } from "node:crypto";

/** The first digits of the SHA-256 of a value's JSON, in hexadecimal. */
export const hashOf = (value: unknown, digits: number): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, digits);
