import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { UserError } from "../../src/config/errors.ts";
import { home, ROOT } from "../../src/config/paths.ts";
import { lab002 } from "../../src/curriculum/labs.ts";
import { DRIFTS, type Drift } from "../../test/drifts/index.ts";
import { say } from "../measure/lab.ts";
import { machine } from "../measure/machine.ts";
import { OPTIONS, program, selected, USAGE } from "../measure/program.ts";
import { Results } from "../measure/results.ts";
import { keeping } from "../measure/section.ts";
import { source } from "../measure/source.ts";
import { removeStack, writeStack } from "../measure/stack.ts";
import { type Case, restarts, services } from "./cases.ts";
import { type Disturbed, disturb, makeClean } from "./disturb.ts";
import { asExpected, type Drifted, driftedBy } from "./drift.ts";
import { kills, readKills } from "./kills.ts";
import { type DriftRow, page, type Row } from "./page.ts";
import { cameClean, verdict } from "./verdict.ts";

const STACK = "test-reliability";
const CASES = [...restarts(STACK, lab002.roles), ...services()];
const DRIFT = DRIFTS.map((drift, index) => ({ id: `drift:${index + 1}`, drift }));
const NAMES = ["kills", ...CASES.map(({ id }) => id), ...DRIFT.map(({ id }) => id)];
const HELP = `scripts/reliability [options]
${USAGE}
  --seed <n>     draw the moments of the kills from this number
Names: ${NAMES.filter((name) => !name.startsWith("drift:")).join(" ")}, drift:1 to drift:${DRIFT.length}, drift for all of these
`;

await program(async () => {
  const { values } = parseArgs({
    options: { ...OPTIONS, seed: { type: "string" } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = selected(NAMES, values.only);
  const seed = seedOf(values.seed);
  const version = source();
  const results = new Results(join(home(), "reliability", values.of ?? version), version);
  if (!values.page) {
    if (values.again) for (const id of wanted) results.remove(id);
    writeStack(STACK, `config:\n  scratchstack:lab: ${lab002.id}\n`);
    if (wanted.includes("kills")) await kills(STACK, results, seed);
    for (const item of CASES.filter(({ id }) => wanted.includes(id))) await measured(item, results);
    for (const { id, drift } of DRIFT.filter(({ id }) => wanted.includes(id))) {
      if (results.has(id)) continue;
      await makeClean(STACK);
      say(`${id}: ${drift.title}`);
      results.write(id, await driftedBy(STACK, lab002.id, drift));
    }
    if (!values.keep) await removeStack(STACK);
  }
  const row = ({ id, what }: Case): Row => ({ what, disturbed: results.read<Disturbed>(id) });
  const killed = readKills(results);
  const file = "docs/reliability.md";
  const text = page({
    ...results.origin(),
    machine: machine(),
    kills: killed,
    restarts: CASES.filter(({ node }) => node === undefined).map(row),
    services: CASES.filter(({ node }) => node !== undefined).map(row),
    drifts: DRIFT.map(({ id, drift }) => driftRow(drift, results.read<Drifted>(id))),
  });
  const path = join(ROOT, file);
  const before = readFileSync(path, "utf8");
  writeFileSync(
    path,
    ["checkpoints", "undo"].reduce((page, name) => keeping(page, before, name), text),
  );
  say(`${file} is written`);
  const bad = wanted.filter((id) => {
    const drift = DRIFT.find((item) => item.id === id)?.drift;
    const drifted = drift && results.read<Drifted>(id);
    if (drift !== undefined) return drifted === undefined || !asExpected(lab002.id, drift, drifted);
    const disturbed = results.read<Disturbed>(id);
    return id === "kills" ? !cameClean(killed) : disturbed === undefined || verdict(disturbed) === "no";
  });
  if (bad.length > 0) say(`did not become clean: ${bad.join(", ")}`);
  return bad.length === 0 ? 0 : 1;
});

function driftRow(drift: Drift, drifted: Drifted | undefined): DriftRow {
  const ok = drifted !== undefined && asExpected(lab002.id, drift, drifted);
  return { title: drift.title, step: drift.step, drifted, ok };
}

async function measured(item: Case, results: Results): Promise<void> {
  if (results.has(item.id)) say(`${item.id} was measured before`);
  else results.write(item.id, await disturb(STACK, item));
}

/** @throws UserError where it is not a whole number */
function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UserError(
    `--seed: found ${JSON.stringify(text)}, expected a whole number of at most nine digits`,
  );
}
