type Attributes = Readonly<Record<string, string | number | undefined>>;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A tenth of a pixel is enough. */
const shown = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 10) / 10) : escaped(value);

/** An element; attributes without a value are left out. @param inside markup */
export function element(name: string, attributes: Attributes, inside = ""): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined || value === "" ? [] : [` ${key}="${shown(value)}"`],
  );
  return `<${name}${written.join("")}${inside === "" ? "/>" : `>${inside}</${name}>`}`;
}

/** A text; `classes` say its font and colour. */
export const text = (x: number, y: number, classes: string, content: string): string =>
  element("text", { x, y, class: classes }, escaped(content));

export const named = (name: "title" | "desc", content: string, id?: string): string =>
  element(name, { id }, escaped(content));

/** Class names, those that hold. */
export const classes = (...names: readonly (string | false | null | undefined)[]): string =>
  names.filter((name) => typeof name === "string" && name !== "").join(" ");
