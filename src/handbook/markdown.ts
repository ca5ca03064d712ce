import { Marked, type Tokens } from "marked";
import { Html } from "./html.ts";
import type { Place, Section } from "./types.ts";

/** Finds the page that a link in a text means, relative to the site's top folder; undefined where there is none. */
export type FindPage = (target: string) => string | undefined;

/** A text as the body of a page, and its headings. */
export interface Article {
  readonly title: string;
  readonly body: (place: Place) => Html;
  readonly sections: readonly Section[];
}

const plain = new Marked();

/** A sentence or two with `code`, *emphasis* and links, without a paragraph around it. */
export const inline = (text: string): Html => new Html(plain.parseInline(text, { async: false }));

/** A Markdown text: its first heading is the title, every other one an anchor. */
export function article(text: string, find: FindPage): Article {
  const tokens = plain.lexer(text);
  const [first] = tokens;
  if (first?.type !== "heading" || first.depth !== 1)
    throw new Error("handbook: a text begins with its title, # …");
  const sections: Section[] = [];
  for (const token of tokens.slice(1)) {
    if (token.type === "heading")
      sections.push({ id: slug(token.text), title: wordsOf(token.text), text: "" });
    else {
      const last = sections.at(-1);
      const words = wordsOf(token.raw);
      if (last !== undefined)
        sections[sections.length - 1] = { ...last, text: `${last.text} ${words}`.trim() };
    }
  }
  return {
    title: wordsOf(first.text),
    sections,
    body: (place) => new Html(parser(place, find).parse(tokensText(text), { async: false })),
  };
}

/** The text behind its title, which the page's frame shows. */
const tokensText = (text: string): string => text.replace(/^#[^\n]*\n/, "");

function parser({ root, prefix }: Place, find: FindPage): Marked {
  return new Marked({
    renderer: {
      heading({ text, tokens, depth }: Tokens.Heading) {
        const id = prefix + slug(text);
        const words = this.parser.parseInline(tokens);
        return `<h${depth} id="${id}">${words} <a class="anchor" href="#${id}" aria-label="Link to this heading">#</a></h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const words = this.parser.parseInline(tokens);
        const page = find(href);
        return page === undefined ? words : `<a href="${root}${page}">${words}</a>`;
      },
      table(token: Tokens.Table) {
        const row = (cells: Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join("")}</tr>`;
        const rows = token.rows.map((cells) => row(cells, "td")).join("");
        return `<div class="wide"><table><thead>${row(token.header, "th")}</thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
}

/** An anchor's name from a heading. */
const slug = (text: string): string =>
  wordsOf(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** Markdown without its marks. */
const wordsOf = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\|[-| :]+\|$/gm, " ")
    .replace(/`|\*+|^[#>|\s]+|\|/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
