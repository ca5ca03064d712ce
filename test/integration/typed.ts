import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { observe } from "../../src/engine/state.ts";
import { serviceDependencies } from "../../src/plan/closure.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { verify } from "../../src/verify/index.ts";
import { blocksOf, preparationOf } from "../handbook/markup.ts";
import { lab, STACK, testConfig } from "./harness.ts";

/** What tells a Keystone from another that was made in its place. */
const TRACES = `mariadb -N keystone -e "SELECT id FROM project ORDER BY id"
systemctl show --property=ActiveEnterTimestampMonotonic keystone
sha256sum /etc/keystone/fernet-keys/*`;

/** A trainee who types a service's page of the handbook, on a node that has only what comes before it. */
export function typedByHand(): void {
  test("Keystone's page, typed from its first to its last line: verify is clean, and up leaves it as it is", async () => {
    const config = testConfig("lab001");
    const course = plannedSteps(config);
    // As the page says.
    for (const service of serviceDependencies(course, "keystone")) {
      const outcome = await lab("up", "--through", service);
      expect(outcome.code, outcome.stderr).toBe(0);
    }
    const blocks = await pageOf("keystone");
    expect(new Set(blocks.map(({ node }) => node))).toEqual(new Set(["control"]));
    const observed = await observe(STACK);
    expect(observed.done.filter(({ step }) => step.startsWith("keystone/"))).toEqual([]);
    const control = observed.nodes.find(({ name }) => name === "control");
    if (control === undefined) throw new Error("no control node");
    const pool = new SshPool();
    try {
      const script = blocks.map(({ text }) => text).join("\n");
      const command = "cat > /root/typed.sh && bash -l -e /root/typed.sh < /dev/null";
      const typed = await pool.exec(control.connection, { command, stdin: script });
      expect(typed.code, `${typed.stdout}\n${typed.stderr}`).toBe(0);
      // As if the state knew of it, which it cannot yet.
      const now = { seconds: undefined, at: new Date().toISOString() };
      const steps = course.filter(({ service }) => service === "keystone");
      const done = steps.map(({ name, node, step }) => ({ name, node, step: step.id, ...now }));
      const known = { ...observed, done: [...observed.done, ...done] };
      const results = await verify({ name: STACK, config, state: known }, { only: ["keystone"] });
      expect(results.length).toBeGreaterThan(steps.length);
      expect(results.filter(({ ok }) => !ok)).toEqual([]);

      const before = (await pool.exec(control.connection, { command: TRACES })).stdout;
      expect((await lab("up", "--through", "keystone")).code).toBe(0);
      expect((await pool.exec(control.connection, { command: TRACES })).stdout).toBe(before);
    } finally {
      pool.close();
    }
  });
}

/** What the page of a service has one type, and what its first page says is needed for it. */
async function pageOf(service: string): Promise<{ readonly node: string; readonly text: string }[]> {
  const folder = mkdtempSync(join(tmpdir(), "handbook-typed-"));
  try {
    const outcome = await lab("handbook", "--out", folder);
    expect(outcome.code, outcome.stderr).toBe(0);
    const read = (path: string): string => readFileSync(join(folder, path), "utf8");
    return [
      { node: "control", text: preparationOf(read("index.html")) },
      ...blocksOf(read(`services/${service}.html`)),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
