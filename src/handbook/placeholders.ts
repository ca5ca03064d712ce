import { type Html, html, join } from "./html.ts";

/**
 * Placeholders in shell text: for passwords, and for values that only a built lab has. They consist of characters that need no quotes
 * in shell, so that a command is quoted as it would be with the value itself.
 */
const PLACEHOLDER = /%%([a-z]+:[a-z0-9_/-]+)%%/g;

/** The placeholder of a token. */
export const placeholder = (token: string): string => `%%${token}%%`;

/** The values that a page may show. */
export interface KnownValues {
  /** The value of a secret, which the page hides until the reader clicks it. Undefined: the page shows a word instead. */
  readonly secret: (token: string) => string | undefined;
}

/** No value is known, or none may be shown. */
export const NO_VALUES: KnownValues = { secret: () => undefined };

/** The word that is shown instead of a value: `secret:keystone/database` is KEYSTONE_DATABASE_PASSWORD. */
function wordFor(token: string): string {
  const [kind = "", name = ""] = token.split(":");
  const word = name.replaceAll(/[^a-z0-9]+/g, "_").toUpperCase();
  return kind === "secret" ? `${word}_PASSWORD` : word;
}

/** Text with every placeholder replaced by its value, or by a word. */
export function withValues(text: string, known: KnownValues): Html {
  const parts = text.split(PLACEHOLDER);
  return join(parts.map((part, index) => (index % 2 === 0 ? part : value(part, known))));
}

/** Plain text with every placeholder replaced by a word, without any secret. */
export const withoutValues = (text: string): string =>
  text.replaceAll(PLACEHOLDER, (_, token: string) => wordFor(token));

function value(token: string, known: KnownValues): Html {
  const name = wordFor(token);
  const real = known.secret(token);
  if (real !== undefined) {
    return html`<span class="secret" role="button" tabindex="0" aria-pressed="false" aria-label="${name}, hidden: show it" data-secret="${token}">${real}</span>`;
  }
  const title = token.startsWith("fact:")
    ? "Found on the node when the lab is built"
    : "Created when the lab is built";
  return html`<span class="unknown" title="${title}">${name}</span>`;
}
