import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { automaticName } from "../../src/checkpoints/due.ts";
import { home, ROOT } from "../../src/config/paths.ts";
import { lab002 } from "../../src/curriculum/labs.ts";
import { lab, say } from "../measure/lab.ts";
import { machine } from "../measure/machine.ts";
import { noOps } from "../measure/no-op.ts";
import { random } from "../measure/numbers.ts";
import { OPTIONS, program, selected, USAGE } from "../measure/program.ts";
import { Results } from "../measure/results.ts";
import { withSection } from "../measure/section.ts";
import { source } from "../measure/source.ts";
import { removeStack, writeStack } from "../measure/stack.ts";
import { type Built, cameBack, type Round } from "./figures.ts";
import { type Measured, performance, reliability } from "./page.ts";
import { build, known, round, untilClean } from "./round.ts";

const STACK = "test-checkpoints";
const ROUNDS = 20;
/** After each tenth restore `lab up` builds to the end. */
const IN_A_ROW = 10;
const AIM = "keystone";
const DRAWN = Array.from({ length: ROUNDS }, (_, index) => `rounds:${index + 1}`);
/** Number of measured runs with nothing to do. */
const QUIET = 3;
const NAMES = ["build", "nothing", AIM, ...DRAWN];
const HELP = `scripts/checkpoints [options]\n${USAGE}\nNames: build nothing ${AIM} rounds ${DRAWN.join(" ")}\n`;

await program(async () => {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const wanted = selected(NAMES, values.only);
  const version = source();
  const results = new Results(join(home(), "checkpoint-figures", values.of ?? version), version);
  if (!values.page) {
    if (values.again) for (const id of wanted) results.remove(id);
    writeStack(STACK, `config:\n  scratchstack:lab: ${lab002.id}\n`);
    await measure(results, wanted);
    if (!values.keep) await removeStack(STACK);
  }
  const seed = results.read<number>("seed");
  const rounds = DRAWN.flatMap((id) => results.read<Round>(id) ?? []);
  const aim = results.read<Round>(AIM);
  const measured: Measured = {
    ...results.origin(),
    machine: machine(),
    seed,
    built: results.read<Built>("build"),
    nothing: results.read<number[]>("nothing") ?? [],
    aim,
    rounds,
  };
  put("docs/reliability.md", reliability(measured));
  put("docs/performance.md", performance(measured));
  return [...rounds, ...(aim === undefined ? [] : [aim])].every(cameBack) ? 0 : 1;
});

async function measure(results: Results, wanted: readonly string[]): Promise<void> {
  if (wanted.includes("build") && !results.has("build")) results.write("build", await build(STACK));
  else await lab(STACK, "up");
  if (wanted.includes("nothing") && !results.has("nothing")) {
    await untilClean(STACK, globalThis.performance.now());
    results.write("nothing", await noOps(STACK, QUIET));
  }
  if (!results.has("seed")) results.write("seed", randomInt(1e9));
  if (wanted.includes(AIM) && !results.has(AIM))
    results.write(AIM, await round(STACK, automaticName(AIM), true));
  const draw = random(results.read<number>("seed") ?? 0);
  for (const [index, id] of DRAWN.entries()) {
    const drawn = draw();
    if (!wanted.includes(id) || results.has(id)) continue;
    const names = (await known(STACK)).sort();
    const name = names[Math.floor(drawn * names.length)];
    if (name === undefined) throw new Error("there is no checkpoint");
    results.write(id, await round(STACK, name, (index + 1) % IN_A_ROW === 0));
  }
}

function put(file: string, text: string): void {
  const path = join(ROOT, file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : "";
  writeFileSync(path, withSection(before, "checkpoints", text));
  say(`${file} is written`);
}
