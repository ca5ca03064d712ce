import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import type { CliCommand } from "../command.ts";
import { writeJson } from "../json.ts";
import { openStack } from "../stack.ts";

export const logs: CliCommand = {
  name: "logs",
  summary: "where the logs of the last run are; of a step, what it said when it was last run",
  arguments: [
    ["[step]", "e.g. keystone/populate-database, or with its node keystone/populate-database@control"],
  ],
  run: async (invocation) => {
    const { context, options, args } = invocation;
    const [wanted] = args;
    const { name: stack } = openStack(invocation);
    const root = await context.lab.logRoot(stack);
    const runs = existsSync(root) ? readdirSync(root).sort().reverse() : [];
    const [last] = runs;
    if (last === undefined) throw new UserError(`There are no logs of ${stack} yet.`, 1);
    if (wanted === undefined) {
      const path = join(root, last);
      if (options.json) writeJson(context.stdout, { type: "run", path });
      else context.stdout.write(`${path}\n`);
      return 0;
    }
    for (const { name, path } of newest(root, runs, wanted)) {
      const text = readFileSync(path, "utf8");
      if (options.json) writeJson(context.stdout, { type: "log", name, path, text });
      else {
        context.stderr.write(`${path}\n`);
        context.stdout.write(text);
      }
    }
    return 0;
  },
};

interface Log {
  /** `<step id>@<node>` */
  readonly name: string;
  readonly path: string;
}

/** A step's logs, one for each of its nodes, from the last run that has it. */
function newest(root: string, runs: readonly string[], wanted: string): Log[] {
  const seen = new Set<string>();
  const newestOf = runs.flatMap((run) =>
    readdirSync(join(root, run), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".log"))
      .map((file): Log => ({ name: file.slice(0, -".log".length), path: join(root, run, file) }))
      .filter(({ name }) => !seen.has(name) && seen.add(name)),
  );
  const found = newestOf.filter(({ name }) => name === wanted || name.split("@")[0] === wanted);
  if (found.length > 0) return found;
  const steps = [...new Set(newestOf.map(({ name }) => name.split("@")[0] ?? name))].sort();
  const problem = notOneOf(["step"], wanted, steps);
  throw new UserError(showProblem({ ...problem, expected: "a step that has a log" }));
}
