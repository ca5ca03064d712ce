/** Lines around a change that are shown with it. */
const AROUND = 3;
/** Longer texts are not compared: it takes long, and nobody reads the result. In lines. */
const LONGEST = 2_000;

type Operation = readonly [sign: " " | "-" | "+", line: string];

/**
 * The lines that differ, as `diff -u` shows them: `-` for what is there, `+` for what is wanted.
 * @param show prints a line, with secrets masked. @default the line as it is
 * @returns undefined for texts of more than 2,000 lines
 */
export function unified(
  seen: readonly string[],
  wanted: readonly string[],
  show: (sign: Operation[0], line: string) => string = (_, line) => line,
): string | undefined {
  if (Math.max(seen.length, wanted.length) > LONGEST) return undefined;
  const all = operations(seen, wanted);
  const near = all.map((_, at) =>
    all.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(([sign]) => sign !== " "),
  );
  const lines: string[] = [];
  const at = { seen: 1, wanted: 1 };
  for (let first = 0; first < all.length; ) {
    let last = first;
    while (last < all.length && near[last] === near[first]) last += 1;
    const part = all.slice(first, last);
    const counts = {
      seen: part.filter(([sign]) => sign !== "+").length,
      wanted: part.filter(([sign]) => sign !== "-").length,
    };
    if (near[first]) {
      lines.push(`@@ -${range(at.seen, counts.seen)} +${range(at.wanted, counts.wanted)} @@`);
      lines.push(...part.map(([sign, line]) => `${sign}${show(sign, line)}`));
    }
    at.seen += counts.seen;
    at.wanted += counts.wanted;
    first = last;
  }
  return lines.join("\n");
}

/** As `diff` counts: no lines stand after the line before them. */
const range = (first: number, count: number): string => `${count === 0 ? first - 1 : first},${count}`;

/** The shortest way from one text to the other. */
function operations(seen: readonly string[], wanted: readonly string[]): Operation[] {
  // common[i][j]: lines that seen from i on and wanted from j on have in common.
  const width = wanted.length + 1;
  const common = new Uint16Array((seen.length + 1) * width);
  const of = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = seen.length - 1; i >= 0; i -= 1) {
    for (let j = wanted.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        seen[i] === wanted[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1));
    }
  }
  const found: Operation[] = [];
  let [i, j] = [0, 0];
  while (i < seen.length || j < wanted.length) {
    const [old, line] = [seen[i], wanted[j]];
    if (old !== undefined && old === line) {
      found.push([" ", old]);
      i += 1;
      j += 1;
    } else if (old !== undefined && (line === undefined || of(i + 1, j) >= of(i, j + 1))) {
      found.push(["-", old]);
      i += 1;
    } else if (line !== undefined) {
      found.push(["+", line]);
      j += 1;
    }
  }
  return found;
}
