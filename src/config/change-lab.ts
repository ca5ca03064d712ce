import { readFileSync, writeFileSync } from "node:fs";
import { isScalar, parseDocument } from "yaml";
import { UserError } from "./errors.ts";
import { NAMESPACE } from "./normalize.ts";
import { shownFile, stackFile } from "./stack-file.ts";

/**
 * The text of a stack file with another lab in it; all else stays as it is, to the byte.
 * @returns undefined where no line says the lab in plain words
 */
export function withLab(content: string, lab: string): string | undefined {
  const document = parseDocument(content);
  const value = [`${NAMESPACE}:lab`, "lab"]
    .map((key) => document.getIn(["config", key], true))
    .find((node) => isScalar(node));
  if (!isScalar(value) || typeof value.value !== "string" || !value.range) return undefined;
  if (value.value === lab) return content;
  const [from, to] = value.range;
  if (content.slice(from, to).includes("\n")) return undefined;
  return content.slice(0, from) + lab + content.slice(to);
}

/**
 * Writes another lab into a stack file, for bare `pulumi` reads it from there.
 * @returns whether it said another one before
 * @throws UserError when the file cannot be written
 */
export function writeLab(stack: string, folder: string, lab: string): boolean {
  const file = stackFile(stack, folder);
  const content = readFileSync(file, "utf8");
  const changed = withLab(content, lab);
  if (changed === undefined) throw noPlainLab(stack, folder, lab);
  if (changed === content) return false;
  try {
    writeFileSync(file, changed);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UserError(
      `${shownFile(stack, folder)} cannot be written: ${reason}. Make it writable, then run the command again.`,
    );
  }
  return true;
}

/** For a file that says its lab in a way that cannot be changed safely. */
export const noPlainLab = (stack: string, folder: string, lab: string): UserError =>
  new UserError(
    `${shownFile(stack, folder)}: found no line such as \`${NAMESPACE}:lab: lab001\` below \`config:\` to change; write ` +
      `\`${NAMESPACE}:lab: ${lab}\` there, then run the command without --lab.`,
  );
