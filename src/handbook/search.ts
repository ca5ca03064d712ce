import type { Page, Part } from "./types.ts";

const PARTS: Readonly<Record<Part, string>> = {
  start: "Start",
  concepts: "Concepts",
  labs: "Labs",
  flow: "Request",
};

/** Address, title, where it stands, text to find it by. */
type Entry = readonly [url: string, title: string, where: string, text: string];

/** What the search knows: every page, and every section of it. Holds no secret, as sections do not. */
function searchIndex(pages: readonly Page[]): Entry[] {
  return pages.flatMap((page) => [
    [page.path, page.title, PARTS[page.part], ""] as const,
    ...page.sections.map(
      ({ id, title, text }) =>
        [
          `${page.path}#${id}`,
          title,
          `${PARTS[page.part]}, ${page.title}`,
          text.replace(/\s+/g, " "),
        ] as const,
    ),
  ]);
}

/** The index as a script: a page on disk may load one, but may not fetch a file. */
export const searchScript = (pages: readonly Page[]): string =>
  `window.HANDBOOK_INDEX = ${JSON.stringify(searchIndex(pages)).replaceAll("<", "\\u003c")};\n`;
