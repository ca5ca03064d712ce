import type { Texts } from "./concepts.ts";
import { handbookOf } from "./handbook.ts";
import { frame } from "./layout.ts";
import { printPage } from "./print.ts";
import { searchScript } from "./search.ts";
import { TOPOLOGY } from "./start-page.ts";
import type { Source } from "./types.ts";

/** The parts of a site that are the same for every lab: texts of the modules, style sheets and scripts, by name. */
export interface Material {
  readonly texts: Texts;
  readonly styles: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

/** This script runs before the browser draws the page. All others run after it has read the page. */
const FIRST = "theme.js";
const INDEX = "search-index.js";

/** Every file of a handbook by path. */
export function site(source: Source, { texts, styles, scripts }: Material): ReadonlyMap<string, string> {
  const book = handbookOf(source, texts);
  const later = [INDEX, ...Object.keys(scripts).filter((name) => name !== FIRST)];
  return new Map([
    ...book.pages.map((page) => [page.path, frame(book, page, later)] as const),
    ["print.html", printPage(book)],
    ...(source.topology === undefined ? [] : [[TOPOLOGY, source.topology] as const]),
    ["assets/style.css", Object.values(styles).join("\n")],
    [`assets/${INDEX}`, searchScript(book.pages)],
    ...Object.entries(scripts).map(([name, text]) => [`assets/${name}`, text] as const),
  ]);
}
