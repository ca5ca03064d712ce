import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import { run, WHOLE } from "./harness.ts";
import { labOnHosts } from "./host-lab.ts";
import { addressOf, OTHER_PORT, SUDO } from "./host-machines.ts";
import { partOnHosts } from "./host-part.ts";
import { lab, machines, onHosts, RACKS, STACK, write } from "./host-stack.ts";

const OTHER_KEY = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)}`;

/** On a busy machine a login takes its time. */
const SOON = { timeout: 20_000 };

/** A card of the network node that is in use. */
function used(what: string, { before, after, says }: Readonly<Record<"before" | "after" | "says", string>>) {
  return {
    what: `a card in use: ${what}`,
    before: () => machines.sh("rack3", before),
    after: () => machines.sh("rack3", after),
    says: `hardware.hosts.network.interfaces.provider: found eth2 in use: ${says}`,
  };
}

const NO_SESSION = "echo 'MaxSessions 0' > /etc/ssh/sshd_config.d/none.conf";

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
      says: "hardware.hosts.network.interfaces.provider: found no interface eth9",
    },
    {
      what: "a card in use: IPv4 address",
      before: () => machines.sh("rack3", "ip address add 10.99.0.1/24 dev eth2"),
      after: () => machines.sh("rack3", "ip address delete 10.99.0.1/24 dev eth2"),
      says: "hardware.hosts.network.interfaces.provider: found eth2 in use: it has the address 10.99.0.1/24",
    },
    used("IPv6 address", {
      before: "ip -6 address add 2001:db8::5/64 dev eth2 nodad",
      after: "ip -6 address delete 2001:db8::5/64 dev eth2",
      says: "it has the address 2001:db8::5/64",
    }),
    used("macvlan", {
      before: "ip link add link eth2 name child0 type macvlan",
      after: "ip link delete child0",
      says: "the macvlan child0 is on it",
    }),
    used("bridge", {
      before: "ip link add test-br type bridge && ip link set eth2 master test-br",
      after: "ip link delete test-br",
      says: "it is a part of test-br",
    }),
    used("DHCP of systemd-networkd", {
      before: `printf '[Match]\\nName=eth2\\n[Network]\\nDHCP=yes\\n' > /etc/systemd/network/20-dhcp.network
networkctl reload; until grep -q 20-dhcp /run/systemd/netif/links/*; do sleep 0.1; done`,
      after: "rm /etc/systemd/network/20-dhcp.network; networkctl reload; ip link set eth2 down",
      says: "systemd-networkd configures it by /etc/systemd/network/20-dhcp.network",
    }),
    used("NetworkManager's connection", {
      // As nmcli answers.
      before: `printf '#!/bin/sh\\ncase "$*" in *GENERAL.CONNECTION*eth2) echo Wired; esac\\n' > /usr/local/bin/nmcli
chmod 755 /usr/local/bin/nmcli`,
      after: "rm /usr/local/bin/nmcli",
      says: `NetworkManager's connection "Wired" is for it`,
    }),
    used("DHCP client", {
      before: `bash -c 'exec -a /usr/sbin/dhclient perl -e "sleep 600" -- eth2' > /dev/null 2>&1 < /dev/null &`,
      after: "pkill -f '^/usr/sbin/dhclient'",
      says: "dhclient runs on it",
    }),
    {
      what: "a sudo that wants a terminal",
      before: () => machines.sh("rack2", "echo 'Defaults requiretty' > /etc/sudoers.d/other"),
      after: () => machines.sh("rack2", "rm /etc/sudoers.d/other"),
      says: "hardware.hosts.compute.user: found that sudo wants a terminal for debian",
    },
    {
      what: "a sudo that wants a password",
      before: () => machines.sh("rack2", "echo 'debian ALL=(ALL) ALL' > /etc/sudoers.d/other"),
      after: () => machines.sh("rack2", "rm /etc/sudoers.d/other"),
      says: "hardware.hosts.compute.user: found that debian may not use sudo (sudo: a password is required)",
    },
    {
      what: "a login shell that lets nobody in",
      before: () => machines.sh("rack2", "usermod --shell /usr/sbin/nologin debian"),
      after: () => machines.sh("rack2", "usermod --shell /bin/bash debian"),
      says: "hardware.hosts.compute.user: found that the login shell of debian says: This account is currently not available",
    },
    {
      what: "a port on which nobody answers",
      config: () => ({ [`port: ${OTHER_PORT}`]: "port: 2223" }),
      says: "hardware.hosts.compute: found debian@",
    },
    {
      what: "an sshd that allows no session",
      before: () => machines.sh("rack3", `${NO_SESSION}; systemctl reload ssh`),
      after: () => machines.sh("rack3", "rm /etc/ssh/sshd_config.d/none.conf; systemctl reload ssh"),
      says: "found that its sshd allows no session",
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
    expect(known.stdout.match(/\(as in the file\)/g)).toHaveLength(4);
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
