import { spawn } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { type Event, type Outcome, run } from "./harness.ts";
import { addressOf, cidrOf, type Machine, Machines, OTHER_PORT } from "./host-machines.ts";

export const STACK = "test-hosts";
const FILE = join(ROOT, "stacks", `Pulumi.${STACK}.yaml`);
export const RACKS: readonly Machine[] = ["rack1", "rack2", "rack3"];

export const machines = new Machines();
export const lab = (command: string, ...args: string[]): Promise<Outcome> =>
  run(join(ROOT, "scripts/lab"), [command, "--stack", STACK, ...args]);

/** Lab002 on the three racks, one of them behind the jump host. @param changed text of the file → what it is instead */
export function write(changed: Readonly<Record<string, string>> = {}): void {
  const login = `user: debian, key: ${machines.key}`;
  const text = `config:
  scratchstack:lab: lab002
  scratchstack:hardware:
    kind: hosts
    networks:
      management: { cidr: ${cidrOf("management")} }
      tunnel: { cidr: ${cidrOf("tunnel")} }
      provider: { cidr: ${cidrOf("provider")} }
    hosts:
      control:
        { address: ${addressOf("rack1")}, ${login}, hostKey: ${machines.hostKey("rack1")}, interfaces: { management: eth0 } }
      compute:
        address: ${addressOf("rack2")}
        port: ${OTHER_PORT}
        user: debian
        key: ${machines.key}
        hostKey: ${machines.hostKey("rack2")}
        interfaces: { management: eth0, tunnel: ${machines.sh("rack2", "cat /sys/class/net/eth1/address").trim()} }
        jump: { address: ${addressOf("jump")}, ${login}, hostKey: ${machines.hostKey("jump")} }
      network:
        address: ${addressOf("rack3")}
        user: debian
        key: ${machines.key}
        hostKey: ${machines.hostKey("rack3")}
        interfaces: { management: eth0, tunnel: eth1, provider: eth2 }
  scratchstack:nodes:
    control: { number: 21 }
    compute: { number: 22 }
    network: { number: 23 }
`;
  const wanted = Object.entries(changed).reduce((now, [from, to]) => {
    expect(now).toContain(from);
    return now.replace(from, to);
  }, text);
  writeFileSync(FILE, wanted);
}

/** Machines and a stack file for the tests of a file, and nothing of them afterwards. */
export function onHosts(): void {
  beforeAll(async () => {
    // What a run that was cut off left speaks of machines that are gone.
    await forget();
    await machines.make();
    write();
  });
  afterAll(async () => {
    await machines.forget();
    await forget();
  });
}

async function forget(): Promise<void> {
  await run("scripts/pulumi", ["stack", "rm", "--yes", "--force", "--stack", STACK]);
  rmSync(FILE, { force: true });
}

/** `lab up --json`, each event handed over as it comes. */
export function up(onEvent: (event: Event) => void): Promise<Outcome> {
  const child = spawn(join(ROOT, "scripts/lab"), ["up", "--stack", STACK, "--json"], {
    cwd: ROOT,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  createInterface({ input: child.stdout }).on("line", (line) => {
    stdout += `${line}\n`;
    onEvent(JSON.parse(line) as Event);
  });
  child.stderr.on("data", (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
