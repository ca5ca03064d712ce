import { createHash } from "node:crypto";

/** A name for what a text builds: equal texts, equal names. @returns 12 hexadecimal digits */
export const shortHash = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);
