import type { Role } from "../curriculum/types.ts";
import { type Html, html, join } from "./html.ts";
import { type KnownValues, NO_VALUES, withValues } from "./placeholders.ts";
import type { PageContext } from "./types.ts";

/** The roles of a node, which choose its colour. `here` is the machine that runs `lab`. */
export type RolesOf = (node: string) => readonly Role[];

/** The name of a node, in the colour of its role. */
export function badge(node: string, rolesOf: RolesOf): Html {
  if (node === "here") return html`<span class="badge here">this machine</span>`;
  return html`<span class="badge ${rolesOf(node)[0] ?? "here"}">${node}</span>`;
}

export const badges = (nodes: readonly string[], rolesOf: RolesOf): Html =>
  join(
    nodes.map((node) => badge(node, rolesOf)),
    " ",
  );

/** A block of commands. */
export interface Block {
  /** What the reader types. */
  readonly text: string;
  /** The line above it: where to type it. */
  readonly label: Html;
  /** Attributes by which programs find it. */
  readonly data?: Html;
}

/** Markup of a block. Its text is exactly what the reader types. */
export function block({ text, label, data }: Block, known: KnownValues, context: PageContext): Html {
  const shown = withValues(text, context.paper ? NO_VALUES : known);
  const copy = context.paper ? undefined : html`<button type="button" class="copy">Copy</button>`;
  return html`<figure class="code"><figcaption>${label}${copy}</figcaption><pre tabindex="0"${data}><code>${shown}</code></pre></figure>`;
}

/** A `lab` command for the shell of this machine, in the checkout. */
export const labLine = (stack: string, rest: string): string => `scripts/lab ${rest} --stack ${stack}`;
