import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { home } from "../../src/config/paths.ts";
import { type Event, enginePids, STACK, up } from "./harness.ts";

/**
 * Moments at which the engine is killed, each by the step that has just begun: a machine half made, an install, a
 * schema half migrated, a service starting, the first server booting.
 */
const MOMENTS = [
  "hardware/node-control",
  "nova/install-packages@control",
  "nova/populate-cell-database@control",
  "nova-compute/start@compute",
  "first-server/boot@control",
];

/** As if the engine had been killed while it wrote a file of attributes, in a state that has such files. */
function tear(): void {
  writeFileSync(join(home(), "state/.pulumi/stacks/scratchstack", `${STACK}.json.attrs`), "");
}

/** Builds the lab by runs of which all but the last are killed with `kill -9`. */
export function killsOnTheWay(): void {
  test.each(MOMENTS)("killed when %s has begun", async (moment) => {
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
  });

  test("the next run finishes what is left", async () => {
    const outcome = await up();
    expect(outcome.stderr).not.toContain("failed");
    expect(outcome.code, outcome.stderr).toBe(0);
  });
}
