import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../config/errors.ts";
import { notOneOf, showProblem } from "../../config/problems.ts";
import { command } from "../command.ts";
import { openStack } from "../stack.ts";
import { logView, runFolderView } from "../views/logs.ts";

export const logs = command({
  name: "logs",
  summary: "print the folder of the last run's logs, or what a step printed when it last ran",
  arguments: [
    ["[step]", "e.g. keystone/populate-database, or on one node keystone/populate-database@control"],
  ],
  run: async (invocation) => {
    const { context, args } = invocation;
    const [wanted] = args;
    const { name: stack } = await openStack(invocation);
    const root = await context.lab.stacks.logs(stack);
    const runs = existsSync(root) ? readdirSync(root).sort().reverse() : [];
    const [last] = runs;
    if (last === undefined) throw new UserError(`There are no logs of ${stack} yet.`, 1);
    if (wanted === undefined) {
      runFolderView(invocation, stack, join(root, last));
      return 0;
    }
    for (const { name, path } of newest(stack, root, runs, wanted))
      logView(invocation, stack, name, path, readFileSync(path, "utf8"));
    return 0;
  },
});

interface Log {
  /** `<step id>@<node>` */
  readonly name: string;
  readonly path: string;
}

/** A step's logs, one for each of its nodes, from the last run that has it. */
function newest(stack: string, root: string, runs: readonly string[], wanted: string): Log[] {
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
  const problem = notOneOf([`step in ${stack}`], wanted, steps);
  throw new UserError(showProblem({ ...problem, expected: "a step that has a log" }));
}
