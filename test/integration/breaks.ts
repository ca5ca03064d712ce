import { beforeAll, describe, expect, test } from "vitest";
import type { StackConfig } from "../../src/config/schema.ts";
import { resolve } from "../../src/curriculum/tokens.ts";
import type { Observed } from "../../src/engine/observed.ts";
import { valuesOf } from "../../src/engine/observed-values.ts";
import { observe } from "../../src/engine/state.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { doScript } from "../../src/plan/script.ts";
import { runLocal } from "../../src/transport/local.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { verify } from "../../src/verify/index.ts";
import { type CheckResult, rootCausesOf } from "../../src/verify/results.ts";
import type { CheckBreak } from "../breaks/types.ts";
import { STACK, testConfig, WHOLE } from "./harness.ts";

/** The service that follows a packet. */
const PATH = "packet-path";

/** Milliseconds for a break or its fix; the slowest waits for a server to boot. */
const LIMIT = 480_000;

/** Of what must be broken one after the other, the last of each service: it looks at most of what comes before it. */
function onePerService(items: readonly CheckBreak[]): CheckBreak[] {
  const last = new Map<string, CheckBreak>();
  for (const item of items) if (!item.quiet) last.set(item.step.split("/")[0] ?? "", item);
  return [...last.values()];
}

/** Breaks the subjects of checks on the standing lab, one after the other, and fixes each again. */
export function breaks(lab: string, items: readonly CheckBreak[]): void {
  let observed: Observed;
  const config: StackConfig = testConfig(lab);
  const course = plannedSteps(config);
  beforeAll(async () => {
    observed = await observe(STACK);
    // A lab that is broken already would only be waited for, break after break.
    expect((await verify({ name: STACK, config, state: observed })).filter((result) => !result.ok)).toEqual(
      [],
    );
  });

  // Files and dpkg's books, which nothing reads before it is started again: one look sees all of them.
  describe("broken all at once", () => {
    const quiet = items.filter((item) => item.quiet);
    const steps = [...new Set(quiet.map(({ step }) => step))];
    let broken: CheckResult[] = [];
    beforeAll(async () => {
      if (quiet.length === 0) return;
      const pool = new SshPool();
      try {
        for (const item of quiet) await on(pool, nodeOf(item), item.break);
        broken = await verify({ name: STACK, config, state: observed }, { only: steps });
      } finally {
        // What was broken last is fixed first: two may be of one file.
        for (const item of quiet.toReversed()) await fix(pool, item);
        pool.close();
      }
    });
    test.each(quiet.map((item) => [item.check, item] as const))("%s", (check, item) => {
      const said = broken.find((result) => result.check === check && result.node === instanceOf(item).node);
      expect(said?.ok, JSON.stringify(said)).toBe(false);
    });
    test("and fixed", async () => {
      const results = await verify({ name: STACK, config, state: observed }, { only: steps });
      expect(results.filter((result) => !result.ok)).toEqual([]);
    });
  });

  const loud = WHOLE ? items.filter((item) => !item.quiet) : onePerService(items);
  test.each(loud.map((item) => [item.check, item] as const))("%s", async (check, item) => {
    const pool = new SshPool();
    try {
      // What was broken before may still be on its way back.
      await expectWell(item);
      await on(pool, nodeOf(item), item.break);
      const broken = await resultsOf(item);
      const said = broken.find((result) => result.check === check);
      // Of the hops of a packet the one that is broken is named before those behind it.
      const first = item.step.startsWith(PATH)
        ? rootCausesOf(await verify({ name: STACK, config, state: observed }, { only: [PATH] }), course)
        : [];
      await fix(pool, item);
      await expectWell(item);
      expect(said?.ok, JSON.stringify(broken)).toBe(false);
      if (item.step.startsWith(PATH)) expect(first.map((result) => result.check)).toContain(check);
    } finally {
      pool.close();
    }
  });

  const nodeOf = (item: CheckBreak): string => item.on ?? instanceOf(item).node;

  async function fix(pool: SshPool, item: CheckBreak): Promise<void> {
    const own = instanceOf(item).node;
    await (item.fix === undefined
      ? on(pool, own, doScript(instanceOf(item), valuesOf({ name: STACK, config, state: observed }, own)))
      : on(pool, item.fixOn ?? item.on ?? own, item.fix));
  }

  function instanceOf(item: CheckBreak) {
    const planned = course.find((candidate) => candidate.step.id === item.step);
    if (planned === undefined) throw new Error(`no step ${item.step} in the course`);
    return planned;
  }

  async function expectWell(item: CheckBreak): Promise<void> {
    await expect
      .poll(async () => (await resultsOf(item)).filter((result) => !result.ok), {
        timeout: 180_000,
        interval: 500,
      })
      .toEqual([]);
  }

  async function resultsOf(item: CheckBreak): Promise<CheckResult[]> {
    const results = await verify({ name: STACK, config, state: observed }, { only: [item.step] });
    return results.filter((result) => result.node === instanceOf(item).node);
  }

  async function on(pool: SshPool, name: string, script: string): Promise<void> {
    const command = {
      command: `set -eu\n${resolve(script, valuesOf({ name: STACK, config, state: observed }, name))}`,
      signal: AbortSignal.timeout(LIMIT),
    };
    const node = observed.nodes.find((candidate) => candidate.name === name);
    const { code, stdout, stderr } = await (node === undefined
      ? runLocal(command)
      : pool.exec(node.connection, command));
    expect(code, `${stdout}\n${stderr}`).toBe(0);
  }
}
