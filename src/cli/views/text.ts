import { eastAsianWidth } from "get-east-asian-width";

/** Characters that take no column: combining marks, formats, variation selectors. */
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what steps print may hold them
const CONTROL = /\u001b\[[0-9;?]*[A-Za-z]|\u001b\][^\u0007]*\u0007|[\u0000-\u001f\u007f-\u009f]/g;

const columnsOf = (character: string): number =>
  INVISIBLE.test(character) ? 0 : eastAsianWidth(character.codePointAt(0) ?? 0);

/** Columns a text takes on a terminal. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, character) => sum + columnsOf(character), 0);

/** One line without colours, cursor movements or other control characters; tabs become a space. */
export const clean = (text: string): string => text.replaceAll("\t", " ").replaceAll(CONTROL, "");

/** The text in at most so many columns, its end replaced by `…` where it is longer. */
export function shorten(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = "";
  let used = 0;
  for (const character of text) {
    const width = columnsOf(character);
    if (used + width > columns - 1) break;
    kept += character;
    used += width;
  }
  return columns > 0 ? `${kept}…` : "";
}

/** The text with spaces after it, so that it takes at least this number of columns. */
export const pad = (text: string, columns: number): string =>
  text + " ".repeat(Math.max(0, columns - widthOf(text)));

/** `1.9 GiB` */
export const gib = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** `0.4 s`, `31.2 s`, `2 min 05 s`, `1 h 02 min`. */
export function duration(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  return longDuration(seconds);
}

/** The same in whole seconds, for work that still runs. */
export function elapsed(seconds: number): string {
  return seconds < 60 ? `${Math.floor(Math.max(0, seconds))} s` : longDuration(Math.floor(seconds));
}

function longDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60))} min`;
}
