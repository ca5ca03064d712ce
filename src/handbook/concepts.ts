import { pageOf, servicePage } from "../curriculum/pages.ts";
import { article } from "./markdown.ts";
import type { Page } from "./types.ts";

/** Texts of the modules by path below docs/handbook, e.g. `002-networking/01-networks.md`. */
export type Texts = Readonly<Record<string, string>>;

const MODULES: Readonly<Record<string, string>> = {
  "001": "Module 001: Introduction",
  "002": "Module 002: Networking",
  "003": "Module 003: Object storage",
};

/**
 * The pages of the first part, in the order of their file names.
 * @param has tells whether this handbook has a page or a step. If not, because the lab ends earlier, a link becomes plain text.
 */
export function conceptPages(texts: Texts, has: (address: string) => boolean): Page[] {
  return Object.keys(texts)
    .sort()
    .map((path) => {
      const { title, body, sections } = article(texts[path] ?? "", (target) => {
        const address = targetOf(path, target);
        return address.startsWith("services/") && !has(address) ? undefined : address;
      });
      return {
        path: fileOf(path),
        title,
        part: "concepts",
        group: MODULES[path.slice(0, 3)] ?? path,
        body,
        sections,
      };
    });
}

/** `002-networking/01-networks.md` becomes `networking/networks.html`. */
const fileOf = (path: string): string => path.replace(/(^|\/)\d+-/g, "$1").replace(/\.md$/, ".html");

/**
 * The target of a link: the path of another text, `service:keystone`, `step:keystone/start` or `flow:9a`.
 * @throws Error for anything else
 */
function targetOf(from: string, target: string): string {
  const [kind = "", name = ""] = target.split(/:(.*)/);
  if (kind === "service") return servicePage(name);
  if (kind === "step") return pageOf({ id: name });
  if (kind === "flow") return name === "" ? "flow.html" : `flow.html#step-${name}`;
  const [file = "", anchor] = target.split("#");
  const path = new URL(file, `file:///${from}`).pathname.slice(1);
  if (!path.endsWith(".md"))
    throw new Error(
      `handbook: ${from} has a link to ${target}, expected a text (*.md), service:…, step:… or flow:…`,
    );
  return fileOf(path) + (anchor === undefined ? "" : `#${anchor}`);
}
