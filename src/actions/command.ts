import type { CommandAction } from "../curriculum/actions.ts";
import { type Answer, answersOf, NEXT } from "./answers.ts";
import { CLIENT_ENDS, CLIENT_ONCE } from "./client-once.ts";
import { quote } from "./quote.ts";
import { attempt, contained } from "./shell.ts";
import type { Kind } from "./types.ts";

/** Any other command, run only where what it brings about does not hold yet (unless it is run `always`), and judged by that afterwards. */
export const command: Kind<CommandAction> = {
  commands: ({ run }) => [contained(run)],

  script: ({ run, holds, always = false }) =>
    `
${always ? "code=1" : attempt(holds, " >/dev/null 2>&1")}
if [ "$code" = 0 ]; then
  echo "nothing to do"
else
${attempt(run)}
[ "$code" = 0 ] || exit "$code"
${attempt(holds, " 2>&1")}
[ "$code" = 0 ] || { echo "the command went through, but what it should bring about does not hold" >&2; exit 1; }
fi`.trim(),

  probe: (actions) => askTogether(actions.map(({ holds }) => holds)),

  compare: (_, answer) => {
    const { printed, exit } = partsOf(answer);
    if (exit === "exit 0") return [];
    return [
      { what: "result of the command", expected: "holds", seen: printed.at(-1) || exit || "no answer" },
    ];
  },

  undo: ({ undo }) => undo ?? "",
};

/** Whether a shell text calls the client of OpenStack, which is worth loading but once. */
export const asksOpenStack = (text: string): boolean => /\bopenstack /.test(text);

/** Shell that runs several texts at the same time, as most of them wait for somebody else: what `answersTogether` reads. */
export function askTogether(texts: readonly string[]): string {
  const once = texts.filter(asksOpenStack).length > 1;
  return [
    "answers=$(mktemp -d)",
    ...(once ? [CLIENT_ONCE] : []),
    "asked=",
    ...texts.map((text, index) => ask(text, `"$answers/${index}"`)),
    "wait $asked",
    ...(once ? [CLIENT_ENDS] : []),
    ...texts.flatMap((_, index) => [
      ...(index > 0 ? [`echo ${quote(NEXT)}`] : []),
      `cat "$answers/${index}"`,
    ]),
    'rm -rf "$answers"',
  ].join("\n");
}

/** What each of so many texts printed, errors too, and its exit code. */
export const answersTogether = (stdout: string, count: number): Answer[] =>
  answersOf(stdout, count).map((text) => {
    const { printed, exit } = partsOf(text);
    const code = /^exit (\d+)$/.exec(exit)?.[1];
    if (code === undefined) return { code: 1, stdout: text, stderr: "" };
    return { code: Number(code), stdout: printed.join("\n"), stderr: "" };
  });

/** What a text printed, without its empty lines, and the line that `ask` puts behind it. */
function partsOf(answer: string): { printed: string[]; exit: string } {
  const printed = answer.split("\n").filter((line) => line.trim() !== "");
  const exit = printed.pop() ?? "";
  return { printed, exit };
}

/** The exit code comes on a line of its own, whatever the last one looks like. */
const ask = (holds: string, file: string): string =>
  `(\n${attempt(holds, ` >${file} 2>&1`)}\nprintf '\\nexit %s\\n' "$code" >>${file}\n) &\nasked="$asked $!"`;
