import { Marked, type Tokens } from "marked";
import { Html } from "./html.ts";
import type { PageContext, Section } from "./types.ts";

/** Returns the page that a link leads to, relative to the site's top folder. Undefined if this handbook does not have it. */
export type FindPage = (target: string) => string | undefined;

/** A text as the body of a page, with its headings. */
export interface Article {
  readonly title: string;
  readonly body: (context: PageContext) => Html;
  readonly sections: readonly Section[];
}

const plain = new Marked();

/** Markup of a sentence or two with `code`, *emphasis* and links, without a paragraph around it. */
export const inline = (text: string): Html => new Html(plain.parseInline(text, { async: false }));

/** Reads a Markdown text. Its first heading is the title. Every other heading gets an anchor. */
export function article(text: string, find: FindPage): Article {
  const tokens = plain.lexer(text);
  const [first] = tokens;
  if (first?.type !== "heading" || first.depth !== 1)
    throw new Error("handbook: a text has no title, expected it to begin with # …");
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
    body: (context) => new Html(parser(context, find).parse(tokensText(text), { async: false })),
  };
}

/** The text after its title. The frame of the page shows the title. */
const tokensText = (text: string): string => text.replace(/^#[^\n]*\n/, "");

function parser({ root, prefix }: PageContext, find: FindPage): Marked {
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

/** The name of the anchor of a heading. */
const slug = (text: string): string =>
  wordsOf(text)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The words of a Markdown text, without its markup. */
const wordsOf = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^\|[-| :]+\|$/gm, " ")
    .replace(/`|\*+|^[#>|\s]+|\|/gm, " ")
    .replace(/\s+/g, " ")
    .trim();
