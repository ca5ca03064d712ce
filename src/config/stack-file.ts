import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import type { UserError } from "./errors.ts";
import type { Kinds } from "./kind.ts";
import { isMapping, NAMESPACE } from "./normalize.ts";
import { badConfig, checkStackConfig } from "./parse.ts";
import { ROOT } from "./paths.ts";
import { showProblem } from "./problems.ts";
import type { StackConfig } from "./schema.ts";
import { offsetOf } from "./yaml-place.ts";

/** Folder of the stack files. */
export const STACKS = join(ROOT, "stacks");

export const stackFile = (stack: string, folder: string = STACKS): string =>
  join(folder, `Pulumi.${stack}.yaml`);

/** Path of a stack file for messages: relative to the checkout. */
export function shownFile(stack: string, folder: string = STACKS): string {
  const file = stackFile(stack, folder);
  const short = relative(ROOT, file);
  return short.startsWith("..") ? file : short;
}

/**
 * Reads `stacks/Pulumi.<stack>.yaml`.
 * @throws UserError (exit code 2) with file and line of everything that is wrong in it
 * @throws Error when there is no such file: resolveStack answers with those there are
 */
export function readStackFile(stack: string, folder: string, kinds: Kinds): StackConfig {
  const content = readFileSync(stackFile(stack, folder), "utf8");
  return parseStackFile(stack, shownFile(stack, folder), content, kinds);
}

/**
 * The same for the text of a stack file; `file` is what problems call it.
 * @throws UserError (exit code 2) with file and line of everything that is wrong in it
 */
export function parseStackFile(stack: string, file: string, content: string, kinds: Kinds): StackConfig {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines, prettyErrors: false });
  const bad = (found: readonly { offset: number; line: string }[]): UserError =>
    badConfig(
      file,
      [...found]
        .sort((a, b) => a.offset - b.offset)
        .map(({ offset, line }) => `${file}:${lines.linePos(offset).line}: ${line}`),
    );
  if (document.errors.length > 0) {
    throw bad(document.errors.map(({ pos, message }) => ({ offset: pos[0], line: `not YAML: ${message}` })));
  }

  const whole: unknown = document.toJS() ?? {};
  const config = isMapping(whole) ? (whole.config ?? {}) : undefined;
  if (!isMapping(whole) || !isMapping(config)) {
    const line = `found no mapping, expected \`config:\` and below it keys such as \`${NAMESPACE}:lab\``;
    throw bad([{ offset: offsetOf(document, ["config"]), line }]);
  }
  const strays = Object.keys(whole).filter((key) => key.startsWith(`${NAMESPACE}:`));
  if (strays.length > 0) {
    const line = "found at the left margin, expected indented below `config:`";
    throw bad(strays.map((key) => ({ offset: offsetOf(document, [key]), line: `${key}: ${line}` })));
  }

  const checked = checkStackConfig(stack, config, kinds);
  if ("config" in checked) return checked.config;
  throw bad(
    checked.problems.map((problem) => ({
      offset: offsetOf(document, ["config", ...problem.path]),
      line: showProblem(problem),
    })),
  );
}
