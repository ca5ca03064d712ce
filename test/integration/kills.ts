import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { home, ROOT } from "../../src/config/paths.ts";
import { quote } from "../../src/config/quote.ts";
import { type Event, enginePids, lab, processes, STACK, up, verifyLines } from "./harness.ts";
import { instanceNames, nothingLeft } from "./nothing-left.ts";
import { typedByHand } from "./typed.ts";

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

/** @param ready awaited between the moment and the kill */
async function killedAt(moment: string, ready: () => Promise<void> = async () => {}): Promise<void> {
  let killed = 0;
  const kill = async (): Promise<void> => {
    await ready();
    for (const pid of enginePids()) {
      process.kill(pid, "SIGKILL");
      killed += 1;
    }
  };
  const outcome = await up(({ type, name }: Event) => {
    if (killed === 0 && type === "started" && name === moment) void kill();
  });
  tear();
  expect(killed, `the moment never came\n${outcome.stderr}`).toBeGreaterThan(0);
  expect(outcome.code).toBe(1);
  expect(outcome.stderr).toContain("lab up");
}

/** Incus has begun to make a node: it goes on by itself, whoever is killed. */
async function begun(): Promise<void> {
  await expect.poll(instanceNames, { timeout: 60_000, interval: 50 }).toContain(`${STACK}-`);
}

/** Answers the first question of `lab up --step`, and closes its terminal at the second. */
async function closedAtAQuestion(): Promise<void> {
  const command = `${quote(join(ROOT, "scripts/lab"))} up --step --stack ${STACK}`;
  const terminal = spawn("script", ["-qefc", command, "/dev/null"], { stdio: ["pipe", "pipe", "inherit"] });
  let said = "";
  let questions = 0;
  terminal.stdout.on("data", (chunk) => {
    said += chunk;
    if (!said.includes("Do it?")) return;
    said = "";
    questions += 1;
    if (questions === 1) terminal.stdin.write("y\n");
    else terminal.kill("SIGKILL");
  });
  await new Promise((resolve) => terminal.on("close", resolve));
  expect(questions).toBe(2);
}

/** Builds the lab by runs of which all but the last are killed with `kill -9`. */
export function killsOnTheWay(): void {
  test("killed when a machine is half made: down leaves nothing of it", async () => {
    await killedAt("hardware/node-control", begun);
    const { code, stdout, stderr } = await lab("down", "--yes");
    expect(code, `${stdout}\n${stderr}`).toBe(0);
    await nothingLeft();
  });

  test("a terminal that is closed ends a run in order", async () => {
    await closedAtAQuestion();
    const still = () => processes().filter(({ args }) => args.includes("--step") && args.includes(STACK));
    await expect.poll(still, { timeout: 60_000 }).toEqual([]);
    expect(enginePids()).toEqual([]);
    const { stdout, stderr } = await lab("status");
    expect(stdout, stderr).toContain("1 of ");
  });

  typedByHand();

  test("a new stack goes as far as a service, and verify checks just that much", async () => {
    const outcome = await lab("up", "--through", "placement");
    expect(outcome.code, outcome.stderr).toBe(0);
    const { code, stdout } = await lab("verify");
    expect(code, stdout).toBe(0);
    expect(stdout).toContain("It is to be built through placement");
    const services = new Set((await verifyLines()).map(({ step }) => step.split("/")[0]));
    expect([...services].sort()).toEqual(["base", "keystone", "mariadb", "memcached", "placement"]);
  });

  test.each(MOMENTS)("killed when %s has begun", (moment) => killedAt(moment));

  test("the next run finishes what is left", async () => {
    const outcome = await up();
    expect(outcome.stderr).not.toContain("failed");
    expect(outcome.code, outcome.stderr).toBe(0);
  });
}
