import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { home } from "../../src/config/paths.ts";
import { type Event, enginePids, lab, STACK, up } from "./harness.ts";
import { nothingLeft } from "./nothing-left.ts";

/**
 * Moments at which the engine is killed, each by the step that has just begun: an install, a schema half migrated, a service starting, the first server booting.
 */
const MOMENTS = [
  "nova/install-packages@control",
  "nova/populate-cell-database@control",
  "nova-compute/start@compute",
  "first-server/boot@control",
];

/** As if the engine had been killed while it wrote a file of attributes, in a state that has such files. */
function tear(): void {
  writeFileSync(join(home(), "state/.pulumi/stacks/scratchstack", `${STACK}.json.attrs`), "");
}

async function killedAt(moment: string): Promise<void> {
  let killed = 0;
  const outcome = await up((event: Event) => {
    if (killed > 0 || event.type !== "started" || event.name !== moment) return;
    for (const pid of enginePids()) {
      process.kill(pid, "SIGKILL");
      killed += 1;
    }
  });
  tear();
  expect(killed, `the moment never came\n${outcome.stderr}`).toBeGreaterThan(0);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain("lab up");
}

/** Builds the lab by runs of which all but the last are killed with `kill -9`. */
export function killsOnTheWay(): void {
  test("killed when a machine is half made: down leaves nothing of it", async () => {
    await killedAt("hardware/node-control");
    expect((await lab("down", "--yes")).code).toBe(0);
    await nothingLeft();
  });

  test.each(MOMENTS)("killed when %s has begun", killedAt);

  test("the next run finishes what is left", async () => {
    const outcome = await up();
    expect(outcome.stderr).not.toContain("failed");
    expect(outcome.code, outcome.stderr).toBe(0);
  });
}
