import { structuredPatch } from "diff/lib/patch/create.js";

/** Lines around a change that are shown with it. */
const AROUND = 3;
/** Longer texts are not compared: it takes long, and nobody reads the result. In lines. */
const LONGEST = 2_000;

type Sign = " " | "-" | "+";

/**
 * The lines that differ, as `diff -u` shows them: `-` for what is there, `+` for what is wanted.
 * @param show prints a line, with secrets masked. @default the line as it is
 * @returns undefined for texts of more than 2,000 lines
 */
export function unified(
  seen: readonly string[],
  wanted: readonly string[],
  show: (sign: Sign, line: string) => string = (_, line) => line,
): string | undefined {
  if (Math.max(seen.length, wanted.length) > LONGEST) return undefined;
  const { hunks } = structuredPatch("", "", textOf(seen), textOf(wanted), "", "", { context: AROUND });
  return hunks
    .flatMap(({ oldStart, oldLines, newStart, newLines, lines }) => [
      `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`,
      ...lines.map((line) => `${line.charAt(0)}${show(line.charAt(0) as Sign, line.slice(1))}`),
    ])
    .join("\n");
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

/** As `diff` counts: no lines stand after the line before them. */
const range = (first: number, count: number): string => `${count === 0 ? first - 1 : first},${count}`;
