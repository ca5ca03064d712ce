import { beforeAll, expect, test } from "vitest";
import type { StackConfig } from "../../src/config/schema.ts";
import { resolve } from "../../src/curriculum/tokens.ts";
import { instances, type Observed, observe } from "../../src/lab/index.ts";
import { doScript } from "../../src/lab/script.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { type CheckResult, valuesOf, verify } from "../../src/verify/index.ts";
import type { CheckBreak } from "../breaks/types.ts";
import { STACK, testConfig } from "./harness.ts";

/** Breaks the subjects of checks on the standing lab, one after the other, and mends each again. */
export function breaks(lab: string, items: readonly CheckBreak[]): void {
  let observed: Observed;
  const config: StackConfig = testConfig(lab);
  const course = instances(config);
  beforeAll(async () => {
    observed = await observe(STACK);
    // A lab that is broken already would only be waited for, break after break.
    expect((await verify(config, observed)).filter((result) => !result.ok)).toEqual([]);
  });

  test.each(items.map((item) => [item.check, item] as const))("%s", async (check, item) => {
    const pool = new SshPool();
    try {
      await onNode(pool, item, item.break);
      const broken = await resultsOf(item);
      expect(broken.find((result) => result.check === check)?.ok, JSON.stringify(broken)).toBe(false);
      await onNode(pool, item, item.mend ?? doScript(instanceOf(item), valuesFor(item)));
      await expect
        .poll(async () => (await resultsOf(item)).filter((result) => !result.ok), {
          timeout: 60_000,
          interval: 500,
        })
        .toEqual([]);
    } finally {
      pool.close();
    }
  });

  function instanceOf(item: CheckBreak) {
    const instance = course.find((candidate) => candidate.step.id === item.step);
    if (instance === undefined) throw new Error(`no step ${item.step} in the course`);
    return instance;
  }

  function nodeOf(item: CheckBreak) {
    const node = observed.nodes.find((candidate) => candidate.name === instanceOf(item).node);
    if (node === undefined) throw new Error(`the node of ${item.step} does not stand`);
    return node;
  }

  function valuesFor(item: CheckBreak) {
    return valuesOf(config, observed, nodeOf(item).name);
  }

  async function resultsOf(item: CheckBreak): Promise<CheckResult[]> {
    const results = await verify(config, observed, { only: [item.step] });
    return results.filter((result) => result.node === nodeOf(item).name);
  }

  async function onNode(pool: SshPool, item: CheckBreak, script: string): Promise<void> {
    const command = `set -eu\n${resolve(script, valuesFor(item))}`;
    const { code, stdout, stderr } = await pool.exec(nodeOf(item).connection, { command });
    expect(code, `${stdout}\n${stderr}`).toBe(0);
  }
}
