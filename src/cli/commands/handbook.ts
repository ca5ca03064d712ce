import { pathToFileURL } from "node:url";
import { UserError } from "../../config/errors.ts";
import { LAB } from "../../config/paths.ts";
import type { Observed } from "../../engine/observed.ts";
import { NOTHING, type Stack } from "../../engine/stack.ts";
import { svg } from "../../graph/svg/index.ts";
import type { CliCommand } from "../command.ts";
import type { Context } from "../context.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

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
    const stack = openStack(invocation);
    const { name, config } = stack;
    const observed = await known(context, stack);
    const day = new Date().toISOString().slice(0, 10);
    const topology = svg(await context.lab.topology(stack, observed.nodes.length > 0 ? observed : undefined));
    const source = { stack: name, config, observed, share, day, topology };
    const written = await context.lab.handbook(out, source);
    if (options.json) writeJson(context.stdout, { type: "handbook", ...written });
    else {
      context.stdout.write(
        `${written.folder}: ${written.pages} pages. Open ${pathToFileURL(written.start)} in a browser; print.html is all of it on one page.\n`,
      );
      if (!observed.exists) {
        context.stderr.write(
          `${name} is not built: words in capitals stand for what only a built lab knows.\n`,
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

/** A handbook can be had before anything is set up: of the configuration alone. */
async function known({ stderr }: Context, stack: Stack): Promise<Observed> {
  try {
    return await stack.state();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    stderr.write(`Made as configured, for what stands cannot be told: ${error.message}\n`);
    return NOTHING;
  }
}
