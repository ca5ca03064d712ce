/** Text that is markup. Everything else is escaped when it is inserted. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Part = Html | string | number | undefined | readonly Part[];

/** Markup with values in it. Strings are escaped, markup and lists of it are not, and `undefined` is empty. */
export function html(pieces: TemplateStringsArray, ...values: readonly Part[]): Html {
  return new Html(pieces.reduce((text, piece, index) => text + show(values[index - 1]) + piece));
}

/** Several parts, one after the other. */
export function join(parts: readonly Part[], between = ""): Html {
  return new Html(parts.map(show).join(between));
}

/** Text escaped for markup and attributes. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function show(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(show).join("");
  return escaped(String(part));
}
