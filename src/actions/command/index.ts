import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";
import type { CommandAction, Wait } from "../../curriculum/actions.ts";
import { exitAnswer } from "../ask.ts";
import { attempt, contained, heredoc, MASK_URLS, repeated } from "../shell.ts";
import type { ActionKind } from "../types.ts";
import { batchScript } from "./batch.ts";
import { compareObject, objectCommands } from "./cloud-object.ts";

/** Any other command. It runs only if its result does not hold yet (or `always`), and fails if the result does not hold afterwards. */
export const commandKind: ActionKind<CommandAction> = {
  commands: ({ run, waits = [] }) => [
    ...(run === "" ? [] : [contained(run)]),
    ...waits.map(({ ready }) => repeated(ready)),
  ],

  script: ({ run, holds, waits = [], always = false }) =>
    `
${always ? "code=1" : attempt(holdsCommand(holds), " >/dev/null 2>&1")}
if [ "$code" = 0 ]; then
  echo "nothing to do"
else
${attempt([run, ...waits.map(wait)].join("\n"))}
[ "$code" = 0 ] || exit "$code"
${attempt(holdsCommand(holds), " 2>&1")}
[ "$code" = 0 ] || { echo "the command went through, but what it should bring about does not hold" >&2; exit 1; }
fi`.trim(),

  probe: (actions) => batchScript(actions.map(({ holds }) => holds)),

  compare: ({ holds }, text) => {
    if (typeof holds !== "string") return compareObject(holds, text);
    const { code, stdout } = exitAnswer(text);
    if (code === 0) return [];
    const seen = stdout.split("\n").at(-1) || (text.trim() === "" ? "no answer" : `exit ${code}`);
    return [{ what: "result of the command", expected: "holds", seen }];
  },

  undo: ({ undo }) => undo ?? "",
  hasUndo: ({ undo }) => undo !== undefined,

  summary: () => "run a command",
  holds: ({ holds }) => holdsCommand(holds),
  look: ({ holds }) => [contained(holdsCommand(holds))],
  back: ({ undo = "" }) => (undo === "" ? [] : [contained(undo)]),
};

/** Shell that waits for something, for at most so long, and gives up once it can no longer come. */
const wait = ({ what, ready, lost = "", seconds }: Wait): string =>
  programText("actions/command/wait.sh", {
    READY: heredoc(ready),
    LOST: heredoc(lost),
    SECONDS: String(seconds),
    WHAT: quote(what),
    MASK_URLS,
  });

const holdsCommand = (holds: CommandAction["holds"]): string =>
  typeof holds === "string" ? holds : objectCommands(holds);
