/** What a command on a node answered. */
export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The line between the answers to a probe of several actions. */
export const NEXT = "@@ next answer @@";

/** The line before an answer that says which one it is, and the line after it: where questions answer in any order. */
export const ANSWER = /^@@ answer (\d+) @@$/;
export const END_OF_ANSWERS = "@@ end of answers @@";

/** The answer for each of so many actions. A probe that printed no such line answered, or failed, for all of them at once. */
export function answersOf(stdout: string, count: number): string[] {
  const numbered = numberedAnswers(stdout);
  if (numbered.size > 0) return Array.from({ length: count }, (_, index) => numbered.get(index) ?? "");
  const parts = stdout.split(`${NEXT}\n`);
  const [first = ""] = parts;
  return Array.from({ length: count }, (_, index) => (parts.length === 1 ? first : (parts[index] ?? "")));
}

/** Index → answer. */
function numberedAnswers(stdout: string): Map<number, string> {
  const found = new Map<number, string>();
  const blocks = stdout.split(/^(?=@@ (?:answer \d+|end of answers) @@$)/m);
  for (const block of blocks) {
    const [head = "", ...lines] = block.split("\n");
    const index = ANSWER.exec(head)?.[1];
    if (index !== undefined) found.set(Number(index), lines.join("\n"));
  }
  return found;
}
