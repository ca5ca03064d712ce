import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { type Event, type Outcome, run } from "./harness.ts";
import { addressOf, cidrOf, type Machine, Machines, SUDO } from "./host-machines.ts";

const STACK = "test-hosts";
const FILE = join(ROOT, "stacks", `Pulumi.${STACK}.yaml`);
const OTHER_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;
const RACKS: readonly Machine[] = ["rack1", "rack2", "rack3"];

const machines = new Machines();
const lab = (command: string, ...args: string[]): Promise<Outcome> =>
  run(join(ROOT, "scripts/lab"), [command, "--stack", STACK, ...args]);

/** Lab002 on the three racks, one of them behind the jump host. @param changed text of the file → what it is instead */
function write(changed: Readonly<Record<string, string>> = {}): void {
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

beforeAll(async () => {
  await machines.make();
  write();
  await lab("down", "--yes");
});
afterAll(async () => {
  await machines.forget();
  await run("scripts/pulumi", ["stack", "rm", "--yes", "--force", "--stack", STACK]);
  rmSync(FILE, { force: true });
});

describe("what is wrong with hosts is told, and nothing is changed", () => {
  interface Wrong {
    readonly what: string;
    /** Makes it wrong, and right again. */
    readonly config?: () => Readonly<Record<string, string>>;
    readonly before?: () => unknown;
    readonly after?: () => unknown;
    readonly says: string;
  }
  const cases: readonly Wrong[] = [
    {
      what: "another host key",
      config: () => ({ [machines.hostKey("rack1")]: OTHER_KEY }),
      says: "hardware.hosts.control: found debian@",
    },
    {
      what: "another key of the jump host",
      config: () => ({ [machines.hostKey("jump")]: OTHER_KEY }),
      says: "did not show the expected key",
    },
    {
      what: "sudo refused",
      before: () => machines.sh("rack2", "rm /etc/sudoers.d/debian"),
      after: () => machines.sh("rack2", SUDO),
      says: "hardware.hosts.compute.user: found that debian may not use sudo",
    },
    {
      what: "another system",
      before: () => machines.sh("rack3", "sed -i.kept s/^VERSION_ID=.*/VERSION_ID=12/ /usr/lib/os-release"),
      after: () => machines.sh("rack3", "mv /usr/lib/os-release.kept /usr/lib/os-release"),
      says: "hardware.hosts.network: found Debian GNU/Linux 13 (trixie), expected Debian 13",
    },
    {
      what: "no such card",
      config: () => ({ "provider: eth2": "provider: eth9" }),
      says: "hardware.hosts.network.interfaces.provider: found no card eth9",
    },
    {
      what: "a card in use",
      before: () => machines.sh("rack3", "ip address add 10.99.0.1/24 dev eth2"),
      after: () => machines.sh("rack3", "ip address delete 10.99.0.1/24 dev eth2"),
      says: "hardware.hosts.network.interfaces.provider: found eth2 in use: it has the address 10.99.0.1/24",
    },
    {
      what: "somebody else's OpenStack",
      before: () =>
        machines.sh(
          "rack1",
          "printf '[Service]\\nExecStart=/bin/true\\n' > /etc/systemd/system/devstack@keystone.service",
        ),
      after: () => machines.sh("rack1", "rm /etc/systemd/system/devstack@keystone.service"),
      says: "hardware.hosts.control: found an OpenStack that this lab did not install (devstack@keystone.service)",
    },
  ];

  test.each(cases)("$what", async ({ config, before, after, says }) => {
    before?.();
    write(config?.());
    const was = RACKS.map((machine) => machines.look(machine));
    const { code, stdout, stderr } = await lab("up");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("nothing was touched");
    expect(stderr).toContain(says);
    expect(RACKS.map((machine) => machines.look(machine))).toEqual(was);
    after?.();
  });

  test("a host that is gone", async () => {
    write();
    machines.stop("rack3");
    const { code, stderr } = await lab("preview");
    machines.start("rack3");
    expect(code).toBe(1);
    expect(stderr.split("\n").filter((line) => line.startsWith("hardware.hosts."))).toEqual([
      expect.stringMatching(/^hardware\.hosts\.network: found .*(cannot connect|no answer)/),
    ]);
  });

  test("lab hosts trust finds the keys that are written, behind the jump host too", async () => {
    write();
    const known = await run(join(ROOT, "scripts/lab"), ["hosts", "trust", "--stack", STACK, "--yes"]);
    expect(known.stdout.match(/\(as it is written\)/g)).toHaveLength(4);
    const { code, stderr } = await run(join(ROOT, "scripts/lab"), ["hosts", "trust", "--stack", STACK]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("no terminal")]);
  });
});

test("what runs as root through sudo is ended, all of it, when it is aborted or the connection breaks", async () => {
  const connection = {
    host: addressOf("rack1"),
    user: "debian",
    privateKey: readFileSync(machines.key, "utf8"),
    hostKey: machines.hostKey("rack1"),
  };
  const running = (): number => Number(machines.sh("rack1", "pgrep -fc '^sleep 8610[0]' || true"));
  const command = "(trap '' TERM; sleep 86100) & setsid sleep 86100 & timeout 86200 sleep 86100; :";
  const pool = new SshPool();
  const cancel = new AbortController();
  const aborted = pool.exec(connection, { command, root: true, signal: cancel.signal });
  await expect.poll(running).toBe(3);
  cancel.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  expect(running()).toBe(0);
  const broken = pool.exec(connection, { command, root: true });
  await expect.poll(running).toBe(3);
  pool.close();
  await expect(broken).rejects.toThrow("the connection broke");
  await expect.poll(running, { timeout: 20_000 }).toBe(0);
});

describe("Lab002 on hosts", () => {
  const was = new Map<Machine, string[]>();
  beforeAll(() => {
    write();
    for (const machine of RACKS) was.set(machine, machines.look(machine));
  });

  test("a host that goes in the middle is told, and `up` goes on once it is back", async () => {
    const gone = await up((event) => {
      if (event.type === "done" && event.step === "nova-compute/install-packages") machines.stop("rack2");
    });
    expect(gone.code).toBe(1);
    expect(gone.stderr + gone.stdout).toMatch(/the connection broke|cannot connect/);
    machines.start("rack2");
    const { code, stderr } = await lab("up");
    expect(code, stderr).toBe(0);
  });

  test("verify is clean, and commands run as root", async () => {
    const { code, stdout } = await lab("verify");
    expect(code, stdout).toBe(0);
    expect((await lab("exec", "compute", "--", "id", "-un")).stdout).toBe("root\n");
    expect(
      (await lab("exec", "control", "--", "openstack", "server", "list", "-f", "value", "-c", "Name")).stdout,
    ).toContain("web");
  });

  test("a second run changes nothing", async () => {
    expect((await lab("up")).stdout).toContain("Nothing to change");
  });

  test("the state holds the private keys encrypted", async () => {
    const { code, stdout } = await run("scripts/pulumi", ["stack", "export", "--stack", STACK]);
    expect(code).toBe(0);
    expect(stdout).toContain("hardware/host-control");
    expect(stdout).not.toContain("PRIVATE KEY");
  });

  test("down leaves the hosts as they were", async () => {
    const { code, stdout, stderr } = await lab("down", "--yes");
    expect(code, stderr).toBe(0);
    for (const machine of RACKS) expect(machines.look(machine), stdout).toEqual(was.get(machine));
    expect(stdout).not.toContain("Not undone");
  });

  test("and they can be built on again", async () => {
    const { code, stderr } = await lab("up");
    expect(code, stderr).toBe(0);
    expect((await lab("down", "--yes")).code).toBe(0);
  });
});

/** `lab up --json`, each event handed over as it comes. */
function up(onEvent: (event: Event) => void): Promise<Outcome> {
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
