import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { shownFile, stackFile } from "../../src/config/stack-file.ts";
import { lab, say } from "./lab.ts";

/** What a stack's file is to hold. The salt stays, which the engine notes in it and without which it reads no secret. */
export function stackText(config: string, old: string): string {
  const salt = /^encryptionsalt:.*$/m.exec(old)?.[0];
  return salt === undefined ? config : `${config}${salt}\n`;
}

/** Writes the file of a stack that is there for measuring alone. */
export function writeStack(stack: string, config: string): void {
  const file = stackFile(stack);
  writeFileSync(file, stackText(config, existsSync(file) ? readFileSync(file, "utf8") : ""));
}

/** Takes such a stack down, where it may stand, and its file away. */
export async function removeStack(stack: string): Promise<void> {
  if (!existsSync(stackFile(stack))) return;
  await lab(stack, "down", "--yes");
  rmSync(stackFile(stack));
  say(`${shownFile(stack)} is gone`);
}
