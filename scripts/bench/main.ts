import { rmSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { ROOT } from "../../src/config/paths.ts";
import { memoryOf } from "./memory.ts";
import { page } from "./page.ts";
import { lab } from "./run.ts";

const STACK = "test-bench";
const stackFile = join(ROOT, "stacks", `Pulumi.${STACK}.yaml`);
const on = ["--stack", STACK, "--json"];
/** Start-up work of services is over, and page merging has had time. */
const IDLE_MS = 120_000;

writeFileSync(stackFile, "config:\n  scratchstack:lab: lab001\n");
try {
  await lab("removing what an earlier run may have left", ["down", "--yes", ...on]);
  const sequential = await lab("up, one step after the other", ["up", "--sequential", ...on]);
  await lab("down", ["down", "--yes", ...on]);
  const parallel = await lab("up, in parallel", ["up", ...on]);
  const noOp = [];
  for (const time of ["first", "second", "third"])
    noOp.push(await lab(`up with nothing to do, ${time} time`, ["up", ...on]));
  process.stderr.write("waiting two minutes, then reading memory\n");
  await setTimeout(IDLE_MS);
  const memory = await memoryOf(STACK);
  const down = await lab("down", ["down", "--yes", ...on]);
  const gib = Math.round(totalmem() / 2 ** 30);
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), ${gib} GiB`;
  const date = new Date().toISOString().slice(0, 10);
  writeFileSync(
    join(ROOT, "docs/performance.md"),
    page({ date, machine, parallel, sequential, noOp, down, memory }),
  );
} finally {
  rmSync(stackFile, { force: true });
}
