import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { home, ROOT } from "../../src/config/paths.ts";
import { LABS } from "../../src/curriculum/labs.ts";
import { lab, say } from "../measure/lab.ts";
import { machine } from "../measure/machine.ts";
import { OPTIONS, program, selected, USAGE } from "../measure/program.ts";
import { Results } from "../measure/results.ts";
import { keeping } from "../measure/section.ts";
import { source } from "../measure/source.ts";
import { removeStack, writeStack } from "../measure/stack.ts";
import type { MeasuredLab } from "./figures.ts";
import { MEASUREMENTS } from "./measurements.ts";
import { page } from "./page.ts";
import { type Planned, plan } from "./plan.ts";

const stackOf = (labId: string): string => `test-bench-${labId}`;
const ids = Object.keys(LABS);

await program(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  const planned = plan(Object.values(LABS));
  if (values.help) {
    const names = planned.map(({ id }) => id).join(" ");
    process.stdout.write(`scripts/benchmark [options]\n${USAGE}\nNames: ${names}\n`);
    return 0;
  }
  const wanted = selected(
    planned.map(({ id }) => id),
    values.only,
  );
  const version = source();
  const results = new Results(join(home(), "bench", values.of ?? version), version);
  if (!values.page) {
    for (const item of planned) {
      if (!wanted.includes(item.id)) continue;
      if (results.has(item.id) && !values.again) say(`${item.id} was measured before`);
      else await measured(item, results);
    }
    if (!values.keep) for (const id of ids) await removeStack(stackOf(id));
  }
  const labs = ids.map((id): MeasuredLab => {
    const own = planned.filter((item) => item.lab === id);
    const figures = own.map(({ id: file, name }) => [name, results.read(file)]);
    return {
      id,
      network: own.some(({ name }) => name === "login"),
      figures: Object.fromEntries(figures.filter(([, figure]) => figure !== undefined)),
    };
  });
  const file = "docs/performance.md";
  const path = join(ROOT, file);
  const text = page({ ...results.origin(), machine: machine(), labs });
  const before = readFileSync(path, "utf8");
  writeFileSync(path, keeping(keeping(text, before, "checkpoints"), before, "start-up"));
  say(`${file} is written`);
  return 0;
});

async function measured({ id, name, lab: labId }: Planned, results: Results): Promise<void> {
  const { needs, baked, measure } = MEASUREMENTS[name];
  for (const other of ids) if (other !== labId) await removeStack(stackOf(other));
  const stack = stackOf(labId);
  writeStack(
    stack,
    `config:\n  scratchstack:hardware: {bakedImages: ${baked === true}}\n  scratchstack:lab: ${labId}\n`,
  );
  await (needs === "nothing" ? lab(stack, "down", "--yes") : lab(stack, "up"));
  say(`measuring ${id}`);
  results.write(id, await measure(stack));
}
