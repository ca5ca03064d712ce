/** Sets a part of a page off that another program makes than the page itself. */
const marks = (name: string) => [`<!-- ${name} -->`, `<!-- end of ${name} -->`] as const;

/** A part of a page with its marks; empty where the page has none of the name. */
export function sectionOf(page: string, name: string): string {
  const [from, to] = marks(name);
  const start = page.indexOf(from);
  const end = page.indexOf(to);
  return start < 0 || end < start ? "" : page.slice(start, end + to.length);
}

/** A page with such a part, in place of the one it has, else at its end. */
export function withSection(page: string, name: string, text: string): string {
  const [from, to] = marks(name);
  const section = `${from}\n${text.trimEnd()}\n${to}`;
  const old = sectionOf(page, name);
  return old === "" ? `${page.trimEnd()}\n\n${section}\n` : page.replace(old, () => section);
}

/** A page that was made anew, with the part that the page before had. */
export function keeping(page: string, before: string, name: string): string {
  const kept = sectionOf(before, name);
  return kept === "" ? page : `${page.trimEnd()}\n\n${kept}\n`;
}
