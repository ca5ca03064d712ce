/** Widths of characters in a sans-serif font of size 1: rather too wide than too narrow, for nobody knows which font it will be. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl.,:;'|!]/, 0.32],
  [/[ frt()\-·/]/, 0.42],
  [/[mwMW%@–]/, 0.95],
  [/[A-Z]/, 0.73],
];
const OTHERS = 0.62;
const MONOSPACED = 0.61;

/** How wide a text will be, in pixels. */
export const widthOf = (text: string, size: number, font: "sans" | "mono" = "sans"): number =>
  [...text].reduce(
    (sum, character) => sum + size * (font === "mono" ? MONOSPACED : characterWidth(character)),
    0,
  );

const characterWidth = (character: string): number =>
  WIDTHS.find(([pattern]) => pattern.test(character))?.[1] ?? OTHERS;

/** The text in lines that are no wider than so many pixels, unless a word is. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && widthOf(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
