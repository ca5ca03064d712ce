/** What a command on a node answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The line between the answers to a probe of several actions. */
export const NEXT = "@@ next answer @@";

/** The answer for each of so many actions. A probe that printed no such line answered, or failed, for all of them at once. */
export function answersOf(stdout: string, count: number): string[] {
  const parts = stdout.split(`${NEXT}\n`);
  const [first = ""] = parts;
  return Array.from({ length: count }, (_, index) => (parts.length === 1 ? first : (parts[index] ?? "")));
}
