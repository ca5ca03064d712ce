import type { Action } from "../curriculum/actions.ts";
import { type Answer, answersOf } from "./answers.ts";
import { kindOf } from "./index.ts";
import { masker } from "./mask.ts";
import type { Difference } from "./types.ts";

/** An action as it is to be found on its node. */
export interface Subject {
  /** Every value in its place. */
  readonly action: Action;
  /** Those of the values that nobody may see. */
  readonly secrets: readonly string[];
}

/** One look at several subjects of a kind, on one node: shell that changes nothing, and a judgement of what it answers. */
export interface Look<S extends Subject> {
  readonly subjects: readonly S[];
  readonly script: string;
  /** @returns for each subject, in order, what differs; nothing secret is in it */
  judge(answer: Answer): Difference[][];
}

/** What every shell that only looks begins with. */
export const PROLOGUE = "set -eu\nexport LC_ALL=C.UTF-8\n";

/** How subjects of one node are looked at: a look for each kind of action among them. */
export function looksOf<S extends Subject>(subjects: readonly S[]): Look<S>[] {
  const kinds = [...new Set(subjects.map(({ action }) => action.kind))];
  return kinds.map((kind) => lookOf(subjects.filter(({ action }) => action.kind === kind)));
}

function lookOf<S extends Subject>(subjects: readonly S[]): Look<S> {
  const [first] = subjects;
  if (first === undefined) throw new Error("nothing to look at");
  const kind = kindOf(first.action);
  return {
    subjects,
    script: PROLOGUE + kind.probe(subjects.map(({ action }) => action)),
    judge: (answer) => {
      if (answer.code !== 0) return subjects.map(({ secrets }) => unanswered(lastLines(answer), secrets));
      const answers = answersOf(answer.stdout, subjects.length);
      return subjects.map(({ action, secrets }, index) =>
        masked(kind.compare(action, answers[index] ?? "", secrets), secrets),
      );
    },
  };
}

/** What is said of a subject of which nothing could be seen. @param why what was said instead of an answer */
export const unanswered = (why: string, secrets: readonly string[] = []): Difference[] =>
  masked([{ what: "the node", expected: "an answer", seen: why, unseen: true }], secrets);

/** The end of what was printed: for a failure what went wrong, for a success what was seen. */
export function lastLines(answer: Answer): string {
  const lines = `${answer.stdout}\n${answer.code === 0 ? "" : answer.stderr}`
    .split("\n")
    .filter((line) => line.trim() !== "");
  const text = lines.slice(-3).join(" | ");
  if (text !== "") return text;
  return answer.code === 0 ? "as expected" : `exit code ${answer.code} and no output`;
}

/** No secret gets out, even where a service prints one itself. */
function masked(differences: readonly Difference[], secrets: readonly string[]): Difference[] {
  const mask = masker(secrets);
  return differences.map(({ what, expected, seen, diff, ...rest }) => ({
    ...rest,
    what: mask(what),
    expected: mask(expected),
    seen: mask(seen),
    ...(diff === undefined ? {} : { diff: mask(diff) }),
  }));
}
