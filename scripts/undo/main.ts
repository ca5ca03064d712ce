import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { home, ROOT } from "../../src/config/paths.ts";
import { LABS } from "../../src/curriculum/labs.ts";
import type { Lab } from "../../src/curriculum/types.ts";
import { lab as labCommand, say } from "../measure/lab.ts";
import { machine } from "../measure/machine.ts";
import { OPTIONS, program, selected, USAGE } from "../measure/program.ts";
import { Results } from "../measure/results.ts";
import { withSection } from "../measure/section.ts";
import { source } from "../measure/source.ts";
import { removeStack, writeStack } from "../measure/stack.ts";
import { page } from "./page.ts";
import { succeeded, type Undone, undone } from "./undone.ts";

const STACK = "test-undo";
const FILE = "docs/reliability.md";

/** Services with steps in a lab. */
const servicesOf = (lab: Lab): string[] =>
  lab.services.filter(({ steps }) => steps.length > 0).map(({ id }) => id);

const NAMES = Object.values(LABS).flatMap((lab) => servicesOf(lab).map((service) => `${lab.id}:${service}`));
const HELP = `scripts/undo-matrix [options]
${USAGE}
  --stack <name> use this stack, which is built at the lab that is tried, and leave it
Names: ${NAMES.join(" ")}
`;

await program(async () => {
  const { values } = parseArgs({ options: { ...OPTIONS, stack: { type: "string" } } });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = selected(NAMES, values.only);
  const version = source();
  const results = new Results(join(home(), "undo-figures", values.of ?? version), version);
  const stack = values.stack ?? STACK;
  if (!values.page) {
    if (values.again) for (const id of wanted) results.remove(id);
    for (const { id } of Object.values(LABS)) {
      const left = wanted.filter((name) => name.startsWith(`${id}:`) && !results.has(name));
      if (left.length === 0) continue;
      if (values.stack === undefined) writeStack(stack, `config:\n  scratchstack:lab: ${id}\n`);
      for (const name of left) {
        // Builds it, or mends what the service before left behind.
        await labCommand(stack, "up");
        results.write(name, await undone(stack, name.split(":")[1] ?? ""));
      }
    }
    if (!values.keep && values.stack === undefined) await removeStack(stack);
  }
  const figures = Object.values(LABS).map((lab) => [
    lab.id,
    Object.fromEntries(
      servicesOf(lab).map((service) => [service, results.read<Undone>(`${lab.id}:${service}`)]),
    ),
  ]);
  const text = page({ ...results.origin(), machine: machine(), labs: Object.fromEntries(figures) });
  const path = join(ROOT, FILE);
  writeFileSync(path, withSection(readFileSync(path, "utf8"), "undo", text));
  say(`${FILE} is written`);
  const bad = wanted.filter((id) => {
    const found = results.read<Undone>(id);
    return found === undefined || !succeeded(found);
  });
  if (bad.length > 0) say(`not undone and built again: ${bad.join(", ")}`);
  return bad.length === 0 ? 0 : 1;
});
