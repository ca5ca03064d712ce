import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import { command } from "../command.ts";
import { printScript, SHELLS } from "../completion/shells.ts";

export const completion = command({
  name: "completion",
  summary: "print the script that completes commands and names in a shell",
  arguments: [["<shell>", SHELLS.join(", ")]],
  run: async ({ context, args: [asked = ""] }) => {
    const shell = SHELLS.find((one) => one === asked);
    if (shell === undefined) throw new UserError(showProblem(notOneOf(["shell"], asked, SHELLS)));
    await printScript(shell, (text) => context.stdout.write(text));
    return 0;
  },
});
