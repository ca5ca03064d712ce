import { type Html, html, join } from "./html.ts";

/**
 * Marks stand in shell text for what is not printed as it is: passwords, and what only a built lab knows. They are made of
 * characters that need no quotes in shell, so that a command is quoted as it would be with the value itself.
 */
const MARK = /%%([a-z]+:[a-z0-9_/-]+)%%/g;

/** The mark of a token. */
export const mark = (token: string): string => `%%${token}%%`;

/** What is known of marked values. */
export interface Known {
  /** The value of a secret that may stand on the page, hidden until it is asked for; undefined for a name in its place. */
  readonly secret: (token: string) => string | undefined;
}

/** Nothing secret is known, or nothing may be shown. */
export const NOTHING_KNOWN: Known = { secret: () => undefined };

/** What stands where a value does not: `secret:keystone/database` is KEYSTONE_DATABASE_PASSWORD. */
function placeholder(token: string): string {
  const [kind = "", name = ""] = token.split(":");
  const word = name.replaceAll(/[^a-z0-9]+/g, "_").toUpperCase();
  return kind === "secret" ? `${word}_PASSWORD` : word;
}

/** Text with every mark replaced by what its reader sees. */
export function marked(text: string, known: Known): Html {
  const parts = text.split(MARK);
  return join(parts.map((part, index) => (index % 2 === 0 ? part : value(part, known))));
}

/** The same as plain text, without any secret. */
export const plain = (text: string): string =>
  text.replaceAll(MARK, (_, token: string) => placeholder(token));

function value(token: string, known: Known): Html {
  const name = placeholder(token);
  const real = known.secret(token);
  if (real !== undefined) {
    return html`<span class="secret" role="button" tabindex="0" aria-pressed="false" aria-label="${name}, hidden: show it" data-secret="${token}">${real}</span>`;
  }
  const title = token.startsWith("fact:")
    ? "Found out on the node when the lab is built"
    : "Made when the lab is built";
  return html`<span class="unknown" title="${title}">${name}</span>`;
}
