import type { CommandAction } from "../curriculum/actions.ts";
import { NEXT } from "./answers.ts";
import { CLIENT_ENDS, CLIENT_ONCE } from "./client-once.ts";
import { quote } from "./quote.ts";
import { attempt, contained } from "./shell.ts";
import type { Kind } from "./types.ts";

/** The client of OpenStack, called by a shell text. */
const ASKS_OPENSTACK = /\bopenstack /;

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

  // All at the same time: most of them wait for somebody else.
  probe: (actions) => {
    const once = actions.filter(({ holds }) => ASKS_OPENSTACK.test(holds)).length > 1;
    return [
      "answers=$(mktemp -d)",
      ...(once ? [CLIENT_ONCE] : []),
      "asked=",
      ...actions.map(({ holds }, index) => ask(holds, `"$answers/${index}"`)),
      "wait $asked",
      ...(once ? [CLIENT_ENDS] : []),
      ...actions.flatMap((_, index) => [
        ...(index > 0 ? [`echo ${quote(NEXT)}`] : []),
        `cat "$answers/${index}"`,
      ]),
      'rm -rf "$answers"',
    ].join("\n");
  },

  compare: (_, answer) => {
    const lines = answer.split("\n").filter((line) => line.trim() !== "");
    const exit = lines.pop() ?? "";
    if (exit === "exit 0") return [];
    return [{ what: "result of the command", expected: "holds", seen: lines.pop() || exit || "no answer" }];
  },

  undo: ({ undo }) => undo ?? "",
};

/** The exit code comes on a line of its own, whatever the last one looks like. */
const ask = (holds: string, file: string): string =>
  `(\n${attempt(holds, ` >${file} 2>&1`)}\nprintf '\\nexit %s\\n' "$code" >>${file}\n) &\nasked="$asked $!"`;
