import { quote } from "../../config/quote.ts";
import type { CloudObject } from "../../curriculum/actions.ts";
import { type Answer, answersOf, NEXT } from "../answers.ts";
import { attempt } from "../shell.ts";
import { objectsProbe } from "./cloud-object.ts";
import { START_SHARED_CLIENT, STOP_SHARED_CLIENT } from "./openstack-client.ts";

/** Whether a shell text calls the client of OpenStack. Loading the client takes long, so texts that call it share one. */
export const callsOpenStack = (text: string): boolean => /\bopenstack /.test(text);

/**
 * Shell that runs several texts at the same time, for most of them wait for a service; `batchAnswers` reads what it prints. Objects of
 * the cloud among them are probed together, and each has a line.
 */
export function batchScript(questions: readonly (string | CloudObject)[]): string {
  const texts = questions.flatMap((one, index) => (typeof one === "string" ? [{ one, index }] : []));
  const objects = questions.filter((one) => typeof one !== "string");
  const shared = texts.filter(({ one }) => callsOpenStack(one)).length > 1;
  const answered = questions.map((one, index) =>
    typeof one === "string" ? `cat "$answers/${index}"` : lineOf(objects.indexOf(one)),
  );
  return [
    "answers=$(mktemp -d)",
    ...(shared ? [START_SHARED_CLIENT] : []),
    "asked=",
    ...(objects.length > 0
      ? [`{\n${objectsProbe(objects)}\n} >"$answers/objects" &\nasked="$asked $!"`]
      : []),
    ...texts.map(({ one, index }) => inBackground(one, `"$answers/${index}"`)),
    "wait $asked",
    ...(shared ? [STOP_SHARED_CLIENT] : []),
    ...answered.flatMap((line, index) => (index > 0 ? [`echo ${quote(NEXT)}`, line] : [line])),
    'rm -rf "$answers"',
  ].join("\n");
}

/** The exit code of each of so many texts, and what it printed, errors included. */
export const batchAnswers = (stdout: string, count: number): Answer[] =>
  answersOf(stdout, count).map((text) => {
    const { printed, exit } = outputAndExit(text);
    const code = /^exit (\d+)$/.exec(exit)?.[1];
    if (code === undefined) return { code: 1, stdout: text, stderr: "" };
    return { code: Number(code), stdout: printed.join("\n"), stderr: "" };
  });

/** The exit code is on a line of its own, even when the last line of the output has no end. */
const inBackground = (text: string, file: string): string =>
  `(\n${attempt(text, ` >${file} 2>&1`)}\nprintf '\\nexit %s\\n' "$code" >>${file}\n) &\nasked="$asked $!"`;

/** The line of one object. If there are fewer lines, the last one: it tells why none of the objects could be probed. */
const lineOf = (index: number): string =>
  `awk '{ line = $0 } NR == ${index + 1} { exit } END { print line }' "$answers/objects"`;

/** What a text printed, without its empty lines, and the line with its exit code. */
export function outputAndExit(answer: string): { printed: string[]; exit: string } {
  const printed = answer.split("\n").filter((line) => line.trim() !== "");
  const exit = printed.pop() ?? "";
  return { printed, exit };
}
