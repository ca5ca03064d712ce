/** A table of a page. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** Seconds with one decimal, without unit. */
export const one = (seconds: number): string => seconds.toFixed(1);

export const code = (text: string): string => `\`${text}\``;
