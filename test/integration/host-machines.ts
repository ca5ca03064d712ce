import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { vi } from "vitest";
import { hostAddress } from "../../src/config/ipv4.ts";
import { hashedBlock, NETWORKS, type NetworkName, networkIn } from "../../src/config/networks.ts";
import { quote } from "../../src/config/quote.ts";
import { imagesOf } from "../../src/hardware/lookup.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { runLocal } from "../../src/transport/local.ts";
import { run } from "./harness.ts";

/** Prefix of all that is made here. */
const NAME = "test-host";
const INCUS = "incus";
const CARDS: Readonly<Record<NetworkName, string>> = { management: "eth0", tunnel: "eth1", provider: "eth2" };
/** Of the machines, by name: their number in each network, and their memory. */
const MACHINES = {
  rack1: { number: 21, memory: "5GiB" },
  rack2: { number: 22, memory: "4GiB" },
  rack3: { number: 23, memory: "2GiB" },
  jump: { number: 9, memory: "512MiB" },
} as const;
export type Machine = keyof typeof MACHINES;

export const cidrOf = (network: NetworkName): string => networkIn(hashedBlock(NAME), network);
export const addressOf = (machine: Machine): string =>
  hostAddress(cidrOf("management"), MACHINES[machine].number);

const instance = (machine: Machine): string => `${NAME}-${machine}`;
const bridge = (network: NetworkName): string => `thost-${network.slice(0, 4)}`;

/** The network interfaces of this machine. */
const INTERFACES = "/sys/class/net";

/** The bridge that an interface is part of; empty when there is none. */
function bridgeOf(name: string): string {
  const master = join(INTERFACES, name, "master");
  return existsSync(master) ? basename(readlinkSync(master)) : "";
}

/**
 * Plain Debian 13 machines that the hardware layer knows nothing of: containers on bridges of their own, with sshd and a
 * user who may do all by sudo.
 */
export class Machines {
  readonly #folder = mkdtempSync(join(tmpdir(), "test-hosts-"));
  /** Path of the key that all of them let in. */
  readonly key = join(this.#folder, "key");

  async make(): Promise<void> {
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", this.key]);
    await this.remove();
    for (const network of NETWORKS) {
      const cidr = cidrOf(network);
      const settings = [`ipv4.address=${hostAddress(cidr, 1)}/24`, "ipv4.dhcp=false", "ipv6.address=none"];
      incus("network", "create", bridge(network), ...settings, "ipv4.nat=true", "ipv4.routing=true");
    }
    // That of local nodes, with what makes it one taken out again.
    const [image] = imagesOf(local()).wanted(local(), {});
    if (image === undefined) throw new Error("no image");
    const made = await runLocal({ command: image.script });
    if (made.code !== 0) throw new Error(made.stderr);
    for (const machine of machines()) this.#create(machine, image.alias);
    await Promise.all(machines().map((machine) => this.#settle(machine)));
  }

  #create(machine: Machine, alias: string): void {
    const name = instance(machine);
    const { number, memory } = MACHINES[machine];
    const rights = ["security.privileged=true", "security.nesting=true", `limits.memory=${memory}`];
    incus(
      "init",
      "--quiet",
      alias,
      name,
      "--no-profiles",
      "-s",
      "scratchstack",
      ...rights.flatMap((one) => ["-c", one]),
    );
    for (const network of machine === "jump" ? (["management"] as const) : NETWORKS) {
      const card = CARDS[network];
      incus(
        "config",
        "device",
        "add",
        name,
        card,
        "nic",
        "nictype=bridged",
        `parent=${bridge(network)}`,
        `name=${card}`,
      );
    }
    incus("config", "device", "add", name, "tun", "unix-char", "path=/dev/net/tun");
    const cache = "tcp:127.0.0.1:13142";
    incus(
      "config",
      "device",
      "add",
      name,
      "cache",
      "proxy",
      "bind=instance",
      `listen=${cache}`,
      `connect=${cache}`,
    );
    const gateway = hostAddress(cidrOf("management"), 1);
    const network = `[Match]\nName=eth0\n[Network]\nLinkLocalAddressing=no\nIPv6AcceptRA=no\nAddress=${hostAddress(cidrOf("management"), number)}/24\nGateway=${gateway}\n`;
    push(name, "/etc/systemd/network/10-lan.network", network);
    push(name, "/etc/hostname", `${machine}\n`);
    push(name, "/etc/hosts", `127.0.0.1 localhost\n127.0.1.1 ${machine}\n`);
    push(name, "/etc/resolv.conf", `nameserver ${gateway}\n`);
    incus("start", name);
  }

  async #settle(machine: Machine): Promise<void> {
    const login = readFileSync(`${this.key}.pub`, "utf8").trim();
    const done = await run("incus", [
      "exec",
      instance(machine),
      "--",
      "sh",
      "-euc",
      `until systemctl is-system-running 2> /dev/null | grep -qE 'running|degraded'; do sleep 0.2; done
rm -rf /usr/sbin/policy-rc.d /etc/systemd/system/service.d /etc/systemd/networkd.conf.d /var/lib/scratchstack
systemctl daemon-reload
[ -e /etc/ssh/ssh_host_ed25519_key ] || ssh-keygen -q -A
export DEBIAN_FRONTEND=noninteractive
apt-get -q -y update > /dev/null
apt-get -q -y install sudo > /dev/null
useradd --create-home --shell /bin/bash debian
install -d -m 0700 -o debian -g debian /home/debian/.ssh
echo ${quote(login)} > /home/debian/.ssh/authorized_keys
chown debian: /home/debian/.ssh/authorized_keys
${SUDO}
${SURROUNDINGS[machine] ?? ""}
systemctl reset-failed ssh
systemctl restart ssh`,
    ]);
    if (done.code !== 0) throw new Error(`${machine}: ${done.stdout}${done.stderr}`);
  }

  /** Shell as root of a machine, past SSH. @returns what it printed */
  sh(machine: Machine, command: string): string {
    return incus("exec", instance(machine), "--", "sh", "-euc", command);
  }

  hostKey(machine: Machine): string {
    return this.sh(machine, "cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub").trim();
  }

  /** As when its cable is pulled: what dies on it says nothing to anybody any more. */
  stop(machine: Machine): void {
    this.sh(machine, "ip link set eth0 down");
    incus("stop", "--force", instance(machine));
  }

  start(machine: Machine): void {
    incus("start", instance(machine));
  }

  /** All that a lab must leave as it was, a line each. */
  look(machine: Machine): string[] {
    return this.sh(machine, LOOK)
      .split("\n")
      .filter((line) => !EXCEPTIONS.test(line))
      .sort();
  }

  /** Everything that was made, whoever made it. */
  async remove(): Promise<void> {
    const bridges = NETWORKS.map(bridge);
    const interfaces = readdirSync(INTERFACES).filter((name) => bridges.includes(bridgeOf(name)));
    for (const machine of machines()) await run("incus", ["delete", "--force", instance(machine)]);
    // The kernel removes the interfaces a moment later. Incus lists all of them when it makes a bridge, and fails if one disappears meanwhile.
    const left = (): string[] => readdirSync(INTERFACES).filter((name) => interfaces.includes(name));
    await vi.waitUntil(() => left().length === 0, { timeout: 30_000 });
    for (const network of NETWORKS) await run("incus", ["network", "delete", bridge(network)]);
  }

  async forget(): Promise<void> {
    await this.remove();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** What lets the user do all. */
export const SUDO = "echo 'debian ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/debian";

/** Port of rack2's sshd. */
export const OTHER_PORT = 2222;
/** As hosts are that others set up: a lab is built on them all the same. */
const SURROUNDINGS: Partial<Record<Machine, string>> = {
  // Greetings, also where sshd's sftp-server would run; a umask that services could not live with.
  // Its proxy leads nowhere, for sessions and for services: what the lab says to itself must not go there.
  rack1: `printf 'http_proxy="http://192.0.2.1:3128"\\nno_proxy=intern.example.org\\n' >> /etc/environment
mkdir /etc/systemd/system.conf.d
printf '[Manager]\\nDefaultEnvironment=http_proxy=http://192.0.2.1:3128\\n' > /etc/systemd/system.conf.d/proxy.conf
systemctl daemon-reexec
printf 'LC_ALL=xx_YY.UTF-8\\nTMOUT=5\\nBASH_ENV=/etc/noise.sh\\n' >> /etc/environment
echo 'echo noise' > /etc/noise.sh
printf 'Unauthorized access is forbidden\\n' > /etc/ssh/banner
echo 'Banner /etc/ssh/banner' > /etc/ssh/sshd_config.d/other.conf
printf 'echo welcome\\necho welcome >&2\\numask 077\\n' > /home/debian/.bashrc`,
  rack2: `printf 'Port ${OTHER_PORT}\\nMaxSessions 1\\n' > /etc/ssh/sshd_config.d/other.conf
systemctl disable --quiet --now ssh.socket 2> /dev/null || true`,
  rack3: `echo 'Defaults secure_path="/usr/local/games:/bin"' > /etc/sudoers.d/other
usermod --shell /bin/sh debian`,
};

const LOOK = `dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n'
find /etc -xdev -type f -exec sha256sum {} +
find /etc -xdev -type l -printf '%p -> %l\\n'
cat /etc/passwd /etc/group
hostname
ip -brief link | awk '{ sub("@.*", "", $1); print "link", $1 }'
ip -brief -4 address | awk '{ sub("@.*", "", $1); print }'
systemctl is-enabled systemd-networkd
ls -d /var/lib/* /var/log/* /var/spool/* /usr/local/*/*`;

/** Copies that the tools for users keep of their files, and what is rebuilt whenever a package comes or goes. */
const EXCEPTIONS =
  /\/etc\/(g?shadow|group|passwd|subuid|subgid)-$|\/etc\/ld\.so\.cache$|\/var\/log\/(apt|dpkg\.log|.*tmp)/;

const machines = (): Machine[] => Object.keys(MACHINES) as Machine[];
const local = () => parseStackConfig(NAME, { lab: "lab001" });
const incus = (...args: string[]): string =>
  execFileSync(INCUS, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

function push(name: string, path: string, text: string): void {
  const target = ["file", "push", "--quiet", "--mode", "0644", "-", `${name}${path}`];
  execFileSync(INCUS, target, { input: text });
}
