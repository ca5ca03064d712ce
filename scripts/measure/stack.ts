import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { shownFile, stackFile } from "../../src/config/stack-file.ts";
import { lab, say } from "./lab.ts";

/** The text of a stack file. Keeps the encryption salt of the old one: without it the engine cannot read the stack's secrets. */
export function stackText(config: string, old: string): string {
  const salt = /^encryptionsalt:.*$/m.exec(old)?.[0];
  return salt === undefined ? config : `${config}${salt}\n`;
}

/** Writes the stack file of a stack that exists only for measuring. */
export function writeStack(stack: string, config: string): void {
  const file = stackFile(stack);
  writeFileSync(file, stackText(config, existsSync(file) ? readFileSync(file, "utf8") : ""));
}

/** Takes such a stack down and removes its stack file. */
export async function removeStack(stack: string): Promise<void> {
  if (!existsSync(stackFile(stack))) return;
  await lab(stack, "down", "--yes");
  rmSync(stackFile(stack));
  say(`${shownFile(stack)} is removed`);
}
