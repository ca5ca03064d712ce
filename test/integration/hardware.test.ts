import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quote } from "../../src/config/quote.ts";
import { factsScript } from "../../src/hardware/facts.ts";
import { GUEST_PATH } from "../../src/hardware/guest/recipe.ts";
import { bridgeNames, instanceName, STATE } from "../../src/hardware/local/names.ts";
import { sortByState } from "../../src/hardware/local/ownership.ts";
import { examine } from "../../src/hardware/local/preflight.ts";
import type { Connection } from "../../src/transport/types.ts";
import { escapes } from "./escapes.ts";
import { hardwareStack, smallConfig } from "./hardware-stack.ts";
import { processes, run } from "./harness.ts";

const [NAME, NEIGHBOUR] = ["test-hardware", "test-hardware-2"];
const sh = (program: string, ...args: string[]) => execFileSync(program, args, { encoding: "utf8" });
const everything = () =>
  sh("incus", "list", "--format", "csv") + sh("incus", "network", "list", "--format", "csv");

/** What a state that was lost tells of its hardware. */
const LOST = { loginKey: undefined, resources: new Set<string>() };
const RESOURCES = ["management", "tunnel", "provider"].map((network) => `hardware/network-${network}`);

describe("a local node", () => {
  let memory = "512MiB";
  const config = () => {
    const base = smallConfig(NAME);
    return { ...base, nodes: { control: { ...control(base), memory } } };
  };
  const folder = mkdtempSync(join(tmpdir(), "hardware-keys-"));
  const instance = instanceName(NAME, "control");
  let made: Awaited<ReturnType<typeof hardwareStack>>;
  let neighbour: Awaited<ReturnType<typeof hardwareStack>>;
  let connection: Connection;

  /** With OpenSSH's own client, which accepts only the key that the stack names. */
  const ssh = (command: string): string => sh("ssh", ...sshArguments(command));
  const sshArguments = (command: string): string[] => [
    ...["-i", join(folder, "login"), "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes"],
    ...["-o", `UserKnownHostsFile=${join(folder, "known")}`, `root@${connection.host}`, command],
  ];

  beforeAll(async () => {
    // What a run left whose state is gone.
    for (const name of [NAME, NEIGHBOUR]) await (await sortByState(name, LOST)).removeForeign(() => {});
    made = await hardwareStack(NAME, config);
    neighbour = await hardwareStack(NEIGHBOUR, () => smallConfig(NEIGHBOUR));
    // One after the other: Incus lists all interfaces when it makes a bridge, and fails if one moves into a container meanwhile.
    const { outputs } = await made.stack.up();
    await neighbour.stack.up();
    connection = outputs.control?.value as Connection;
    writeFileSync(join(folder, "login"), connection.privateKey ?? "", { mode: 0o600 });
    writeFileSync(join(folder, "known"), `${connection.host} ${connection.hostKey}\n`);
  });

  afterAll(async () => {
    await neighbour?.stack.destroy();
    await made?.stack.destroy();
    made?.forget();
    neighbour?.forget();
    rmSync(folder, { recursive: true });
  });

  test("answers SSH with the key that was made for it", () => {
    expect(ssh("hostname")).toBe("control\n");
  });

  test("has its addresses, and the provider card up without one", () => {
    const links = ssh("ip -br -4 addr");
    expect(links).toMatch(new RegExp(`eth0\\S* +UP +${connection.host}/24`));
    expect(links).toMatch(/eth1\S* +UP +10\.\d+\.\d+\.11\/24/);
    expect(ssh("ip -br link show eth2")).toContain(" UP ");
    expect(links).not.toContain("eth2");
  });

  test("resolves names and installs packages, which are not started", () => {
    const source = ssh(
      "sed -n 's,^deb [a-z]*://\\([^/]*\\)/.*,\\1,p' /etc/apt/sources.list | head -n 1",
    ).trim();
    expect(ssh(`getent hosts ${source} || true`)).not.toBe("");
    expect(ssh("apt-get install -y memcached > /dev/null 2>&1; systemctl is-active memcached || true")).toBe(
      "inactive\n",
    );
  });

  test("tells what it can do", () => {
    expect(
      JSON.parse(ssh(factsScript(config(), { management: "eth0", tunnel: "eth1", provider: "eth2" }))),
    ).toMatchObject({ memory: "512", cpus: "1" });
  });

  test("has the guest's files, and cannot change them", () => {
    expect(ssh(`ls ${GUEST_PATH}`)).toBe("blank.qcow2\ninitrd.gz\nvmlinuz\n");
    expect(ssh(`touch ${GUEST_PATH}/x 2> /dev/null || echo refused`)).toBe("refused\n");
  });

  test("is another user of the machine than its neighbour, and none of them is root", () => {
    const owners = [instance, instanceName(NEIGHBOUR, "control")].map((name) => {
      const { pid } = JSON.parse(sh("incus", "query", `/1.0/instances/${name}/state`)) as { pid: number };
      return statSync(`/proc/${pid}`).uid;
    });
    expect(Math.min(...owners)).toBeGreaterThan(0);
    expect(Math.abs(Number(owners[0]) - Number(owners[1]))).toBeGreaterThanOrEqual(65_536);
  });

  test("lets every user of it open the devices that it has", () => {
    const open = (device: string) => ssh(`[ ! -e ${device} ] || runuser -u nobody -- sh -c ': <> ${device}'`);
    expect(open("/dev/net/tun")).toBe("");
    // As on any Debian: QEMU's user is in the group.
    expect(ssh("[ ! -e /dev/kvm ] || stat -c '%a %G' /dev/kvm")).toMatch(/^$|^660 kvm\n$|^666 /);
  });

  test("gives its root nothing of the machine, of Incus and of other nodes", async () => {
    const marker = "scratchstackmarker";
    const beside = spawn("sleep", ["600"], { argv0: marker, stdio: "ignore" });
    const server = createServer((_, answer) => answer.end("secret"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const tried = escapes({
        marker,
        port: (server.address() as AddressInfo).port,
        gateway: config().hardware.networks.management.gateway,
        neighbour: {
          bridge: bridgeNames(NEIGHBOUR).management,
          instance: instanceName(NEIGHBOUR, "control"),
        },
      });
      const reached: string[] = [];
      for (const { what, attempt, refusal } of tried) {
        const { code, stdout, stderr } = await run("ssh", sshArguments(`sh -euc ${quote(attempt)}`));
        if (code === 0 || !refusal.test(stdout + stderr)) reached.push(`${what}: ${code} ${stdout}${stderr}`);
      }
      expect(reached).toEqual([]);
      expect(tried.length).toBeGreaterThan(20);
    } finally {
      server.close();
      beside.kill();
    }
  });

  test("is the same after a second run", async () => {
    const { summary } = await made.stack.up();
    expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
  });

  test("is in nobody's way according to preflight", async () => {
    expect((await examine(NAME, config())).problems).toEqual([]);
    const clash = { ...smallConfig("test-hardware-3"), hardware: config().hardware };
    expect((await examine("test-hardware-3", clash)).problems.length).toBe(3);
  });

  test("follows a new limit without being made anew", async () => {
    ssh("touch /root/kept");
    memory = "640MiB";
    await made.stack.up();
    expect(sh("incus", "config", "get", instance, "limits.memory")).toBe("640MiB\n");
    expect(ssh("ls /root")).toContain("kept");
  });

  test("keeps its addresses over a restart", async () => {
    sh("incus", "restart", instance);
    await expect.poll(() => attempt(() => ssh("hostname")), { timeout: 30_000 }).toBe("control\n");
    expect(ssh("ip -br -4 addr show eth1")).toContain(".11/24");
  });

  test("has no private key in plain text in its state, nor on a command line", () => {
    const secret = connection.privateKey?.split("\n")[2] ?? "";
    expect(secret.length).toBeGreaterThan(60);
    expect(found(secret, made.folder)).toBe("");
    expect(found("OPENSSH PRIVATE KEY", made.folder)).toBe("");
    expect(found(connection.hostKey ?? "", made.folder)).not.toBe("");
    expect(processes().filter(({ args }) => args.join(" ").includes(secret))).toEqual([]);
  });

  test("is left alone by another state of the same stack name, which refuses", async () => {
    ssh("touch /root/first");
    const other = await hardwareStack(NAME, config);
    try {
      await expect(other.stack.up()).rejects.toThrow(`another one of stack ${NAME} (user `);
      await other.stack.destroy();
    } finally {
      other.forget();
    }
    expect(ssh("ls /root")).toContain("first");
    const { foreign } = await sortByState(NAME, LOST);
    expect(foreign.map(({ what }) => what).sort()).toEqual(
      [`node ${instance}`, ...Object.values(bridgeNames(NAME)).map((name) => `network ${name}`)].sort(),
    );
  });

  test("from before states had marks is known by its login key, and gets its mark", async () => {
    const ours = { loginKey: ssh("cat /root/.ssh/authorized_keys").trim(), resources: new Set(RESOURCES) };
    const mark = () => sh("incus", "config", "get", instance, STATE);
    const before = mark();
    sh("incus", "config", "unset", instance, STATE);
    for (const name of Object.values(bridgeNames(NAME))) sh("incus", "network", "unset", name, STATE);
    expect((await sortByState(NAME, LOST)).foreign).toHaveLength(4);
    const sorted = await sortByState(NAME, ours);
    expect(sorted.foreign).toEqual([]);
    expect(mark()).toBe("\n");
    await sorted.adopt();
    expect(mark()).toBe(before);
    expect((await sortByState(NAME, ours)).foreign).toEqual([]);
  });

  test("goes without a trace, and leaves its neighbour alone", async () => {
    await made.stack.destroy();
    expect(everything()).not.toContain(`${instance},`);
    for (const bridge of Object.values(bridgeNames(NAME))) {
      expect(everything() + sh("ip", "-br", "link")).not.toContain(bridge);
    }
    expect(everything()).toContain(instanceName(NEIGHBOUR, "control"));
  });

  test("whose state is lost can be taken over", async () => {
    const gone: string[] = [];
    const { removeForeign } = await sortByState(NEIGHBOUR, LOST);
    await removeForeign(({ what }) => gone.push(what));
    expect(gone).toHaveLength(4);
    expect(everything()).not.toContain(NEIGHBOUR);
  });
});

function control(config: ReturnType<typeof smallConfig>) {
  const node = config.nodes.control;
  if (node === undefined) throw new Error("no control node");
  return node;
}

/** Files that hold a text. */
const found = (text: string, folder: string): string =>
  attempt(() => sh("grep", "--recursive", "--files-with-matches", "--fixed-strings", "-e", text, folder));

/** What a command prints; empty while it fails. */
function attempt(act: () => string): string {
  try {
    return act();
  } catch {
    return "";
  }
}
