import { MASK } from "./shell.ts";

/** Shorter lines of a secret are not masked: `fi` in a secret script is no secret. */
const SHORTEST = 6;

/**
 * Masks secrets in output. If a secret has several lines, such as a private key, each line is masked wherever it is. The longest comes
 * first, because a secret may be a part of another one.
 */
export function masker(secrets: readonly string[]): (text: string) => string {
  const lines = secrets.flatMap((secret) => secret.split("\n")).map((line) => line.trim());
  const sought = [...new Set(lines.filter((line) => line.length >= SHORTEST))].sort(
    (a, b) => b.length - a.length,
  );
  return (text) => sought.reduce((shown, secret) => shown.replaceAll(secret, MASK), text);
}
