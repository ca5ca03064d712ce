import type { Preview } from "../../run/preview.ts";
import { command } from "../command.ts";
import { concludeRun, followRun } from "../follow.ts";
import { openStackToChange } from "../stack.ts";
import { writeJson } from "../views/show.ts";

export const preview = command({
  name: "preview",
  summary: "show what `up` would do, on the nodes too; changes nothing",
  options: [
    ["--lab <id>", "show what going on to this lab would do, e.g. lab002"],
    ["--through <service-or-step>", "show what `up --through` would do: this and its dependencies only"],
  ],
  run: async (invocation) => {
    const { refuseEarlierLab } = await import("../../run/another-lab.ts");
    const { hasDrifted } = await import("../views/differences.ts");
    const { previewLines, previewRecords } = await import("../views/preview.ts");
    const { context, options } = invocation;
    const stack = await openStackToChange(invocation, options.lab);
    const { name, config } = stack;
    if (options.lab !== undefined) await refuseEarlierLab(stack);
    const part = options.through === undefined ? {} : { through: options.through };
    let found: Preview | undefined;
    const shown = { stack: name, verb: "preview", nodes: Object.keys(config.nodes) } as const;
    const run = await followRun(invocation, shown, async ({ onEvent, signal }) => {
      found = await context.lab.run.preview(stack, { ...part, onEvent, signal });
      return found.report;
    });
    if (found === undefined) throw new Error("a preview without a result");
    const result = found;
    if (options.json) for (const record of previewRecords(result)) writeJson(context.stdout, record);
    const code = concludeRun(invocation, run, () => previewLines(invocation, name, result));
    return code === 0 && hasDrifted(result.probed) ? 1 : code;
  },
});
