import { pathToFileURL } from "node:url";
import { UserError } from "../../config/errors.ts";
import type { CliCommand } from "../command.ts";
import { LAB } from "../context.ts";
import { writeJson } from "../json.ts";
import { loadStack } from "../stack.ts";

export const handbook: CliCommand = {
  name: "handbook",
  summary:
    "write the handbook of this very lab: concepts, every step with its commands, the way of a request",
  options: [
    ["--out <dir>", "folder to write it into: empty, new, or with an earlier handbook"],
    ["--share", "leave every password out, so that the folder may be given to others"],
  ],
  run: async (invocation) => {
    const { context, options } = invocation;
    const { out, share = false } = options;
    if (out === undefined) throw new UserError(`--out: name a folder, e.g. ${LAB} handbook --out handbook`);
    const { stack, config } = loadStack(invocation);
    const observed = await context.lab.observe(stack);
    const day = new Date().toISOString().slice(0, 10);
    const written = await context.lab.handbook(out, { stack, config, observed, share, day });
    if (options.json) writeJson(context.stdout, { type: "handbook", ...written });
    else {
      context.stdout.write(
        `${written.folder}: ${written.pages} pages. Open ${pathToFileURL(written.start)} in a browser; print.html is all of it on one page.\n`,
      );
      if (!observed.exists) {
        context.stderr.write(
          `${stack} is not built: words in capitals stand for what only a built lab knows.\n`,
        );
      }
      if (written.secret) {
        context.stderr.write(
          "It holds this lab's passwords: only you can read it. --share leaves them out.\n",
        );
      }
    }
    return 0;
  },
};
