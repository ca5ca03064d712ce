import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../config/paths.ts";

/**
 * A stack's file without the encryption salt that the engine notes in it when the stack is made. It stays where the
 * configuration holds encrypted values, which could not be read without it.
 */
export function withoutSalt(text: string): string {
  if (/^\s+secure:/m.test(text)) return text;
  return text.replace(/^encryptionsalt:.*\n?/m, "");
}

/** Leaves the stack's file as it was before the stack was made. */
export async function forgetSalt(stack: string): Promise<void> {
  const file = join(ROOT, "stacks", `Pulumi.${stack}.yaml`);
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return;
  const clean = withoutSalt(text);
  if (clean !== text) await writeFile(file, clean);
}
