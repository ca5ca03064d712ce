import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { LinesAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { unified } from "../file/unified.ts";
import { heredoc, ORIGINAL, python, UNFINISHED } from "../shell.ts";
import type { ActionKind, Difference } from "../types.ts";

/** Around the lines of the lab, and before a line of others that is set aside. `lines.py` has the same. */
const BEGIN = "# scratchstack: what follows belongs to the lab";
const END = "# scratchstack: end";
const ASIDE = "# scratchstack set aside: ";

const PROGRAM = programText("actions/lines/lines.py", { NEXT, UNFINISHED });

/** What the probe prints for a file. */
interface Answer {
  readonly problem?: string;
  /** The lines of the lab; null where there are none. */
  readonly lines: readonly string[] | null;
  /** Lines of others that say otherwise. */
  readonly against: readonly string[];
}

/** Lines of ours in a file in which others have lines too. The others' lines stay as they are, also by `undo`. */
export const linesKind: ActionKind<LinesAction> = {
  local: true,
  files: ({ path }) => [path],

  commands: ({ path, content, instead }) => [
    ...(instead === undefined ? [] : [`sed -i -E ${quote(`/${instead}/s/^/${ASIDE}/`)} ${quote(path)}`]),
    `cat >> ${quote(path)} ${heredoc([BEGIN, ...linesOf(content), END].join("\n"))}`,
  ],

  script: (action) => python(PROGRAM, { do: "do", want: want(action), kept: kept(action) }),

  probe: (actions) => python(PROGRAM, { do: "look", wants: actions.map(want) }),

  compare: ({ path, content }, text) => {
    const answer = parse(text);
    const wanted = linesOf(content);
    const what = `lines of the lab in ${path}`;
    if (answer === undefined || answer.problem !== undefined) {
      return [{ what, expected: "a file", seen: answer?.problem ?? "no answer" }];
    }
    const { lines, against } = answer;
    const found: Difference[] = [];
    if (lines === null) found.push({ what, expected: "as this step writes them", seen: "none" });
    else if (lines.join("\n") !== wanted.join("\n")) {
      const diff = unified(lines, wanted);
      const seen = "something else";
      found.push({ what, expected: "as this step writes them", seen, ...(diff !== undefined && { diff }) });
    }
    for (const line of against) {
      found.push({ what: `other lines in ${path}`, expected: "none that says otherwise", seen: line });
    }
    return found;
  },

  undo: (action) => python(PROGRAM, { do: "undo", want: want(action), kept: kept(action) }),

  summary: ({ path, content }) => {
    const { length } = linesOf(content);
    return `add ${length} line${length === 1 ? "" : "s"} to ${path}`;
  },
  look: ({ path }) => [`cat ${quote(path)}`],
  back: ({ path }) => [
    `sed -i -e ${quote(`/^${BEGIN}$/,/^${END}$/d`)} -e ${quote(`s/^${ASIDE}//`)} ${quote(path)}`,
  ],
};

const want = ({ path, content, instead }: LinesAction) => ({
  path,
  lines: linesOf(content),
  ...(instead !== undefined && { instead }),
});

/** Beside its name it is noted that there was no file. */
const kept = ({ path }: LinesAction): string => `${ORIGINAL}${path}`;

const linesOf = (content: string): string[] => content.trim().split("\n");

function parse(text: string): Answer | undefined {
  try {
    return JSON.parse(text) as Answer;
  } catch {
    return undefined;
  }
}
