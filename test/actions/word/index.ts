import type { ActionKind } from "../../../src/actions/types.ts";
import { quote } from "../../../src/config/quote.ts";

/** A kind that the program does not have: a file with one word in it. */
interface WordAction {
  readonly kind: "word";
  readonly file: string;
  readonly word: string;
}

export const wordKind: ActionKind<WordAction> = {
  configures: true,
  files: ({ file }) => [file],
  commands: ({ file, word }) => [`echo ${quote(word)} > ${quote(file)}`],
  script: ({ file, word }) => `echo ${quote(word)} >${quote(file)}\necho "wrote ${file}"`,
  probe: (actions) => actions.map(({ file }) => `cat ${quote(file)} 2>&1 || true`).join("\n"),
  compare: ({ file, word }, answer) =>
    answer.trim() === word
      ? []
      : [{ what: `word in ${file}`, expected: word, seen: answer.trim().split(": ").at(-1) ?? "" }],
  undo: ({ file }) => `rm -f ${quote(file)}`,
  summary: ({ word }) => `write ${word}`,
  look: ({ file }) => [`cat ${quote(file)}`],
  back: ({ file }) => [`rm ${quote(file)}`],
};
