import { html } from "./html.ts";
import type { Handbook } from "./layout.ts";
import type { Page } from "./types.ts";

/** All pages as one, to print. It never contains a password, whatever the other pages show. */
export function printPage(book: Handbook): string {
  const idOf = ({ path }: Page): string => path.replace(/\.html$/, "").replaceAll("/", "-");
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${book.title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/style.css">
</head>
<body class="paper" data-root="">
<main id="content">
<h1>${book.title}</h1>
<p>The handbook of the stack <b>${book.stack}</b>, ${book.lab}, written on ${book.day}. Words in capitals stand for passwords. <a href="index.html">The handbook itself</a> has the passwords of your lab.</p>
<nav aria-label="Contents"><ol>${book.pages.map((page) => html`<li><a href="#${idOf(page)}">${page.title}</a></li>`)}</ol></nav>
${book.pages.map(
  (page) => html`<article id="${idOf(page)}"><h1>${page.title}</h1>
${page.body({ root: "", prefix: `${idOf(page)}--`, paper: true })}</article>`,
)}
</main>
</body>
</html>
`.text;
}
