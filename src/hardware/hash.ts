import { createHash } from "node:crypto";

/** Names what is built by the whole text that builds it. @returns 12 hexadecimal digits */
export const shortHash = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, 12);
