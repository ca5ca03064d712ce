import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths.ts";

/** A comment for readers of the file; or an import for linters and tests, of a name that the whole program has from another file. */
const NOT_SENT = /^.*# not sent\n+/gm;
const HOLE = /@@([A-Z_]+)@@/g;

/** What stands in the files, by path: each is read once. */
const texts = new Map<string, string>();

/**
 * The text of a program that runs on a node, from its file in the checkout, also for the bundle in `build/lab`. What is sent is the
 * file's text
 * - without the lines that end with `# not sent`, the blank lines after them, and those at the beginning and end of the file;
 * - with a value for each `@@NAME@@`. Values are put in once: what they hold is never taken for a hole.
 * @param file below `src`, for example `actions/ini/ini.py`
 * @throws Error where a hole has no value or a value has no hole (a mistake in the source)
 */
export function programText(file: string, values: Readonly<Record<string, string>> = {}): string {
  const used = new Set<string>();
  const text = textOf(file).replaceAll(HOLE, (hole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`src/${file}: ${hole} has no value`);
    used.add(name);
    return value;
  });
  const unused = Object.keys(values).filter((name) => !used.has(name));
  if (unused.length > 0) throw new Error(`src/${file}: there is no hole for the value ${unused.join(", ")}`);
  return text;
}

function textOf(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(ROOT, "src", file), "utf8")
    .replaceAll(NOT_SENT, "")
    .trim();
  texts.set(file, text);
  return text;
}
