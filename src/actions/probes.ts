import type { Action } from "../curriculum/actions.ts";
import { type Answer, answersOf } from "./answers.ts";
import { kindOf } from "./index.ts";
import { masker } from "./mask.ts";
import type { Difference } from "./types.ts";

/** An action to be probed on its node. */
export interface Subject {
  /** Completed, with all tokens resolved. */
  readonly action: Action;
  /** Values in it that must not be shown. */
  readonly secrets: readonly string[];
}

/** One probe of several subjects of one kind on one node. */
export interface Probe<S extends Subject> {
  readonly subjects: readonly S[];
  /** Shell that changes nothing. */
  readonly script: string;
  /** @returns for each subject, in order, what differs, with secrets masked */
  judge(answer: Answer): Difference[][];
}

/** The beginning of every probe's shell. */
export const PROLOGUE = "set -eu\nexport LC_ALL=C.UTF-8\n";

/** The probes of the subjects of one node: one for each kind of action among them. */
export function probesOf<S extends Subject>(subjects: readonly S[]): Probe<S>[] {
  const kinds = [...new Set(subjects.map(({ action }) => action.kind))];
  return kinds.map((kind) => probeOf(subjects.filter(({ action }) => action.kind === kind)));
}

function probeOf<S extends Subject>(subjects: readonly S[]): Probe<S> {
  const [first] = subjects;
  if (first === undefined) throw new Error("nothing to probe");
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

/** The difference of a subject that could not be seen. @param why what was printed instead of an answer */
export const unanswered = (why: string, secrets: readonly string[] = []): Difference[] =>
  masked([{ what: "the node", expected: "an answer", seen: why, unseen: true }], secrets);

/** The end of what was printed: after a failure what went wrong, after a success what was seen. */
export function lastLines(answer: Answer): string {
  const lines = `${answer.stdout}\n${answer.code === 0 ? "" : answer.stderr}`
    .split("\n")
    .filter((line) => line.trim() !== "");
  const text = lines.slice(-3).join(" | ");
  if (text !== "") return text;
  return answer.code === 0 ? "as expected" : `exit code ${answer.code} and no output`;
}

/** Masks secrets, which a service may print itself. */
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
