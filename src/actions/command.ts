import type { CommandAction } from "../curriculum/actions.ts";
import { asked, compareObject } from "./cloud-object.ts";
import { attempt, contained } from "./shell.ts";
import { askTogether, partsOf } from "./together.ts";
import type { Kind } from "./types.ts";

/** Any other command, run only where what it brings about does not hold yet (unless it is run `always`), and judged by that afterwards. */
export const command: Kind<CommandAction> = {
  commands: ({ run }) => [contained(run)],

  script: ({ run, holds, always = false }) =>
    `
${always ? "code=1" : attempt(holdingText(holds), " >/dev/null 2>&1")}
if [ "$code" = 0 ]; then
  echo "nothing to do"
else
${attempt(run)}
[ "$code" = 0 ] || exit "$code"
${attempt(holdingText(holds), " 2>&1")}
[ "$code" = 0 ] || { echo "the command went through, but what it should bring about does not hold" >&2; exit 1; }
fi`.trim(),

  probe: (actions) => askTogether(actions.map(({ holds }) => holds)),

  compare: ({ holds }, answer) => {
    if (typeof holds !== "string") return compareObject(holds, answer);
    const { printed, exit } = partsOf(answer);
    if (exit === "exit 0") return [];
    return [
      { what: "result of the command", expected: "holds", seen: printed.at(-1) || exit || "no answer" },
    ];
  },

  undo: ({ undo }) => undo ?? "",
};

/** Shell that tells a person whether a command is needed; exit 0 means that it is not. */
export const holdingText = (holds: CommandAction["holds"]): string =>
  typeof holds === "string" ? holds : asked(holds);
