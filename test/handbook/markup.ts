/** Addresses that a page leads to. */
export const linksOf = (text: string): string[] =>
  [...text.matchAll(/<a\b[^>]*? href="([^"]*)"/g)].map(([, link = ""]) => unescaped(link));

export const idsOf = (text: string): string[] =>
  [...text.matchAll(/<[a-z][^>]*? id="([^"]*)"/g)].map(([, id = ""]) => id);

/** A block of shell as a program finds it on a page. */
export interface Block {
  readonly step: string;
  readonly node: string;
  readonly part: string;
  /** Exactly what is typed. */
  readonly text: string;
}

/** The blocks of a page that belong to steps of its lab, in order. */
export const blocksOf = (text: string): Block[] =>
  [
    ...text.matchAll(
      /<pre\b[^>]*? data-step="([^"]*)" data-node="([^"]*)" data-part="([^"]*)"[^>]*>([\s\S]*?)<\/pre>/g,
    ),
  ].map(([, step = "", node = "", part = "", inside = ""]) => ({
    step,
    node,
    part,
    text: unescaped(inside.replace(/<[^>]*>/g, "")),
  }));

/** What is typed once on every node, before all steps. */
export const preparationOf = (text: string): string => {
  const [, inside] = /<pre\b[^>]*? data-prepare="[^"]*"[^>]*>([\s\S]*?)<\/pre>/.exec(text) ?? [];
  if (inside === undefined) throw new Error("nothing to prepare on this page");
  return unescaped(inside.replace(/<[^>]*>/g, ""));
};

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
