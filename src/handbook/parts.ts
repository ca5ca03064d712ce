import type { Role } from "../curriculum/types.ts";
import { type Html, html, join } from "./html.ts";
import { type Known, marked, NOTHING_KNOWN } from "./marks.ts";
import type { Place } from "./types.ts";

/** Which roles a node has, for its colour; `here` is the machine that runs `lab`. */
export type RolesOf = (node: string) => readonly Role[];

/** The name of a node, recognizable by the colour of its role and by its text. */
export function badge(node: string, rolesOf: RolesOf): Html {
  if (node === "here") return html`<span class="badge here">this machine</span>`;
  return html`<span class="badge ${rolesOf(node)[0] ?? "here"}">${node}</span>`;
}

export const badges = (nodes: readonly string[], rolesOf: RolesOf): Html =>
  join(
    nodes.map((node) => badge(node, rolesOf)),
    " ",
  );

/** What is typed, where, and by whom. */
export interface Typed {
  readonly text: string;
  /** Above it: where it is typed. */
  readonly label: Html;
  /** Attributes that programs find it by. */
  readonly data?: Html;
}

/** A block of shell. Its text is exactly what is typed. */
export function code({ text, label, data }: Typed, known: Known, place: Place): Html {
  const shown = marked(text, place.paper ? NOTHING_KNOWN : known);
  const copy = place.paper ? undefined : html`<button type="button" class="copy">Copy</button>`;
  return html`<figure class="code"><figcaption>${label}${copy}</figcaption><pre tabindex="0"${data}><code>${shown}</code></pre></figure>`;
}

/** A line for this machine's shell, in the checkout. */
export const labLine = (stack: string, rest: string): string => `scripts/lab ${rest} --stack ${stack}`;
