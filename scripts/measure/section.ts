/** Comments that enclose a section which another program writes than the page. */
const comments = (name: string) => [`<!-- ${name} -->`, `<!-- end of ${name} -->`] as const;

/** A section of a page with its comments; empty where the page does not have it. */
export function sectionOf(page: string, name: string): string {
  const [from, to] = comments(name);
  const start = page.indexOf(from);
  const end = page.indexOf(to);
  return start < 0 || end < start ? "" : page.slice(start, end + to.length);
}

/** A page with a new text in its section; the section is added at the end where the page does not have it. */
export function withSection(page: string, name: string, text: string): string {
  const [from, to] = comments(name);
  const section = `${from}\n${text.trimEnd()}\n${to}`;
  const old = sectionOf(page, name);
  return old === "" ? `${page.trimEnd()}\n\n${section}\n` : page.replace(old, () => section);
}

/** A new page with the section that the old page had. */
export function keeping(page: string, before: string, name: string): string {
  const kept = sectionOf(before, name);
  return kept === "" ? page : `${page.trimEnd()}\n\n${kept}\n`;
}
