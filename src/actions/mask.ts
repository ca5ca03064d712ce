import { MASK } from "./shell.ts";

/** Shorter lines of a secret are not looked for: `fi` in a secret script is no secret. */
const SHORTEST = 6;

/**
 * Replaces secrets in what people and programs get to see. Of a secret of several lines, such as a private key, each line is
 * masked wherever it stands. The longest goes first: one secret may be a part of another.
 */
export function masker(secrets: readonly string[]): (text: string) => string {
  const lines = secrets.flatMap((secret) => secret.split("\n")).map((line) => line.trim());
  const sought = [...new Set(lines.filter((line) => line.length >= SHORTEST))].sort(
    (a, b) => b.length - a.length,
  );
  return (text) => sought.reduce((shown, secret) => shown.replaceAll(secret, MASK), text);
}
