import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { run, WHOLE } from "./harness.ts";
import { labOnHosts } from "./host-lab.ts";
import { addressOf, SUDO } from "./host-machines.ts";
import { partOnHosts } from "./host-part.ts";
import { lab, machines, onHosts, RACKS, STACK, write } from "./host-stack.ts";

const OTHER_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;

/** On a busy machine a login takes its time. */
const SOON = { timeout: 20_000 };

onHosts();

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
  await expect.poll(running, SOON).toBe(3);
  cancel.abort(new Error("enough"));
  await expect(aborted).rejects.toThrow("enough");
  expect(running()).toBe(0);
  const broken = pool.exec(connection, { command, root: true });
  await expect.poll(running, SOON).toBe(3);
  pool.close();
  await expect(broken).rejects.toThrow("the connection broke");
  await expect.poll(running, SOON).toBe(0);
});

describe("Lab002 on hosts", () => (WHOLE ? labOnHosts() : partOnHosts()));
