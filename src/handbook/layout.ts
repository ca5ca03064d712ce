import { type Html, html, join } from "./html.ts";
import type { Page, PageContext, Part } from "./types.ts";

/** Every page of a handbook, in reading order, and what they have in common. */
export interface Handbook {
  readonly title: string;
  readonly stack: string;
  readonly lab: string;
  readonly day: string;
  readonly pages: readonly Page[];
}

const PARTS: Readonly<Record<Part, string>> = {
  start: "Start",
  concepts: "Part 1: Concepts",
  labs: "Part 2: The labs",
  flow: "Part 3: The request flow",
};

/** Where the site's files are, relative to a page. */
const contextOf = ({ path }: Page): PageContext => ({
  root: path.includes("/") ? "../" : "",
  prefix: "",
  paper: false,
});

/** A whole page: head, contents, body, links to the next and the previous page. */
export function frame(book: Handbook, page: Page, scripts: readonly string[]): string {
  const context = contextOf(page);
  const at = book.pages.indexOf(page);
  const number = `${at + 1} of ${book.pages.length}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${page.title} · ${book.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${context.root}assets/style.css">
<script src="${context.root}assets/theme.js"></script>
${scripts.map((name) => html`<script defer src="${context.root}assets/${name}"></script>\n`)}</head>
<body data-root="${context.root}">
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<button type="button" id="menu" aria-expanded="false" aria-controls="contents">Contents</button>
<a class="brand" href="${context.root}index.html">scratchstack <span>handbook of ${book.stack}</span></a>
<div class="search" role="search"><label class="spoken" for="search">Search</label><input id="search" type="search" placeholder="Search  /" autocomplete="off" spellcheck="false" role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list"><ul id="results" role="listbox" aria-label="Search results" hidden></ul><p class="spoken" id="found" aria-live="polite"></p></div>
<button type="button" id="theme">Dark</button>
</header>
<nav id="contents" aria-label="Contents">${contents(book, page, context)}</nav>
<main id="content" tabindex="-1"${page.part === "start" ? html` class="wide-page"` : undefined}>
<p class="crumbs">${PARTS[page.part]} <span>Page ${number}</span></p>
<h1>${page.title}${page.progress && page.progress.done > 0 ? html` <span class="tag done">${progressOf(page.progress)}</span>` : undefined}</h1>
${page.body(context)}
${pageLinks(book, at, context)}
</main>
${onThisPage(page)}
<footer class="bottom"><p>Written on ${book.day} for the stack <b>${book.stack}</b>, ${book.lab}. <a href="${context.root}print.html">Print version</a></p></footer>
</body>
</html>
`.text;
}

function contents(book: Handbook, page: Page, { root }: PageContext): Html {
  const parts = [...new Set(book.pages.map(({ part }) => part))];
  return join(
    parts.map((part) => {
      const own = book.pages.filter((one) => one.part === part);
      const groups = [...new Set(own.map(({ group }) => group))];
      return html`<section><h2>${PARTS[part]}</h2>${groups.map(
        (group) =>
          html`${groups.length > 1 ? html`<h3>${group}</h3>` : undefined}<ul>${own
            .filter((one) => one.group === group)
            .map((one) => item(one, one === page, root))}</ul>`,
      )}</section>`;
    }),
  );
}

function item({ path, title, short, progress }: Page, here: boolean, root: string): Html {
  const count =
    progress === undefined || progress.done === 0
      ? undefined
      : html` <span class="count${progress.done === progress.total ? " all" : ""}">${progress.done}/${progress.total}</span>`;
  return html`<li><a href="${root}${path}"${here ? html` aria-current="page"` : undefined}>${short ?? title}${count}</a></li>`;
}

const progressOf = ({ done, total }: { readonly done: number; readonly total: number }): string =>
  done === total ? "done" : `${done} of ${total} done`;

function pageLinks({ pages }: Handbook, at: number, { root }: PageContext): Html {
  const link = (page: Page | undefined, rel: string, word: string): Html | undefined =>
    page && html`<a rel="${rel}" href="${root}${page.path}"><span>${word}</span> ${page.title}</a>`;
  return html`<nav class="way" aria-label="Next and previous page">${link(pages[at - 1], "prev", "Previous")}${link(pages[at + 1], "next", "Next")}</nav>`;
}

/** The headings of a page. The first page has none: the drawing needs the width. */
function onThisPage({ sections, part }: Page): Html | undefined {
  if (sections.length < 2 || part === "start") return undefined;
  return html`<aside class="here" aria-label="On this page"><h2>On this page</h2><ol>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ol></aside>`;
}
