import type { CloudObject } from "../curriculum/actions.ts";
import { type Answer, answersOf, NEXT } from "./answers.ts";
import { CLIENT_ENDS, CLIENT_ONCE } from "./client-once.ts";
import { looked } from "./cloud-object.ts";
import { quote } from "./quote.ts";
import { attempt } from "./shell.ts";

/** Whether a shell text calls the client of OpenStack, which is worth loading but once. */
export const asksOpenStack = (text: string): boolean => /\bopenstack /.test(text);

/**
 * Shell that runs several texts at the same time, as most of them wait for somebody else: what `answersTogether` reads. Among them may be
 * objects of the cloud, which are asked about all at once; of each there is a line.
 */
export function askTogether(questions: readonly (string | CloudObject)[]): string {
  const texts = questions.flatMap((one, index) => (typeof one === "string" ? [{ one, index }] : []));
  const objects = questions.filter((one) => typeof one !== "string");
  const once = texts.filter(({ one }) => asksOpenStack(one)).length > 1;
  const answered = questions.map((one, index) =>
    typeof one === "string" ? `cat "$answers/${index}"` : lineOf(objects.indexOf(one)),
  );
  return [
    "answers=$(mktemp -d)",
    ...(once ? [CLIENT_ONCE] : []),
    "asked=",
    ...(objects.length > 0 ? [`{\n${looked(objects)}\n} >"$answers/objects" &\nasked="$asked $!"`] : []),
    ...texts.map(({ one, index }) => ask(one, `"$answers/${index}"`)),
    "wait $asked",
    ...(once ? [CLIENT_ENDS] : []),
    ...answered.flatMap((line, index) => (index > 0 ? [`echo ${quote(NEXT)}`, line] : [line])),
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

/** The exit code comes on a line of its own, whatever the last one looks like. */
const ask = (holds: string, file: string): string =>
  `(\n${attempt(holds, ` >${file} 2>&1`)}\nprintf '\\nexit %s\\n' "$code" >>${file}\n) &\nasked="$asked $!"`;

/** The line of one object; where there are fewer, the last: what is said in it is true of all. */
const lineOf = (index: number): string =>
  `awk '{ line = $0 } NR == ${index + 1} { exit } END { print line }' "$answers/objects"`;

/** What a text printed, without its empty lines, and the line that `ask` puts behind it. */
export function partsOf(answer: string): { printed: string[]; exit: string } {
  const printed = answer.split("\n").filter((line) => line.trim() !== "");
  const exit = printed.pop() ?? "";
  return { printed, exit };
}
