import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { remote } from "@pulumi/command";
import { afterAll, beforeAll, expect, test } from "vitest";
import { quote } from "../../src/config/quote.ts";
import { instanceName } from "../../src/hardware/local/names.ts";
import type { OpenstackStack } from "../../src/hardware/openstack/config.ts";
import { openstack } from "../../src/hardware/openstack/index.ts";
import { ownerMark } from "../../src/hardware/openstack/names.ts";
import { preflight } from "../../src/hardware/openstack/preflight.ts";
import { sweep } from "../../src/hardware/openstack/sweep.ts";
import { remoteScript } from "../../src/hardware/remote.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import type { Node } from "../../src/hardware/types.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import type { Connection } from "../../src/transport/types.ts";
import { type CloudImage, COMMAND_LINE, cloudImage } from "./cloud-image.ts";
import { hardwareStack } from "./hardware-stack.ts";
import { run, STACK, testConfig } from "./harness.ts";

/** The stack whose nodes are servers of the test stack's cloud; also the project and the user they are made for. */
const NAME = "test-cloud";
const PASSWORD = "of-the-test-alone";
const NODES = ["control", "compute"];

/** Lab001's nodes as servers that a cloud of two emulated processors can bear. */
function config(allow: OpenstackStack["hardware"]["allow"]): OpenstackStack {
  const hardware = {
    kind: "openstack",
    auth: { url: keystoneUrl(), user: NAME, password: PASSWORD, project: NAME },
    image: "small-debian",
    flavors: { default: "small" },
    externalNetwork: "public",
    allow,
    timeouts: { server: 20, boot: 20 },
  };
  return parseStackConfig(NAME, { lab: "lab001", hardware }) as OpenstackStack;
}

const keystoneUrl = (): string => {
  const { networks } = testConfig("lab002").hardware;
  const number = testConfig("lab002").nodes.control?.number;
  return `http://${networks.management.cidr.replace(/\d+\/\d+$/, String(number))}:5000/v3`;
};

const SSH = { port: 22, protocol: "tcp", from: "0.0.0.0/0" } as const;

/** Shell on the cloud's control node, past `lab`: the stack of servers has a state of its own, which `lab` would look into. */
async function onControl(...lines: string[]): Promise<string> {
  const shell = ["exec", instanceName(STACK, "control"), "--", "sh", "-euc", lines.join("\n")];
  const { code, stdout, stderr } = await run("incus", shell);
  expect(code, stderr).toBe(0);
  return stdout;
}

const AS_USER = [
  "unset OS_CLOUD",
  `export OS_AUTH_URL=${keystoneUrl()} OS_USERNAME=${NAME} OS_PASSWORD=${PASSWORD} OS_PROJECT_NAME=${NAME}`,
  "export OS_USER_DOMAIN_NAME=Default OS_PROJECT_DOMAIN_NAME=Default OS_IDENTITY_API_VERSION=3",
];

/** An ordinary project with an ordinary user, an image and a flavor. What an earlier run left goes first. */
async function prepare({ kernel, ramdisk, disk }: CloudImage): Promise<void> {
  await clear();
  for (const [name, file] of Object.entries({ kernel, ramdisk, disk })) {
    const there = `${instanceName(STACK, "control")}/var/tmp/small-debian-${name}`;
    const pushed = await run("incus", ["file", "push", file, there]);
    expect(pushed.code, pushed.stderr).toBe(0);
  }
  await onControl(
    "export OS_CLOUD=admin",
    `openstack project create ${NAME} -f value -c id`,
    `openstack user create --project ${NAME} --password ${PASSWORD} ${NAME} -f value -c id`,
    `openstack role add --user ${NAME} --project ${NAME} member`,
    "openstack flavor create small --ram 512 --disk 3 --vcpus 1 -f value -c id",
    'upload() { openstack image create --public "$@" -f value -c id; }',
    "kernel=$(upload small-debian-kernel --file /var/tmp/small-debian-kernel --disk-format aki --container-format aki)",
    "ramdisk=$(upload small-debian-ramdisk --file /var/tmp/small-debian-ramdisk --disk-format ari --container-format ari)",
    `upload small-debian --file /var/tmp/small-debian-disk --disk-format qcow2 --container-format bare --property kernel_id="$kernel" --property ramdisk_id="$ramdisk" --property os_command_line=${quote(COMMAND_LINE)}`,
    "rm -f /var/tmp/small-debian-*",
  );
}

async function clear(): Promise<void> {
  await onControl(
    "export OS_CLOUD=admin",
    "for image in small-debian small-debian-kernel small-debian-ramdisk; do openstack image delete $image 2> /dev/null || true; done",
    "openstack flavor delete small 2> /dev/null || true",
    `openstack user delete ${NAME} 2> /dev/null || true`,
    `openstack project delete ${NAME} 2> /dev/null || true`,
  );
}

/** All that the project has, a line each. */
const everything = (): Promise<string> =>
  onControl(
    ...AS_USER,
    'list() { what=$1; shift; openstack $what list "$@" -f value | sed "s/^/$what: /"; }',
    ...["server", "volume", "network", "subnet", "router", "port", "keypair"].map(
      (what) => `list ${what} -c Name`,
    ),
    "list 'floating ip' -c 'Floating IP Address'",
    "list 'security group' -c Name",
  );

/** A step on each node, bound to its machine as those of the course are. */
const step = (nodes: readonly Node[], parent: ConstructorParameters<typeof remote.Command>[2]) =>
  Object.fromEntries(
    nodes.flatMap((node) => {
      const bound = node.machine === undefined ? {} : { triggers: [node.machine.id] };
      const gone = node.machine === undefined ? {} : { deletedWith: node.machine };
      const done = new remote.Command(
        `step@${node.name}`,
        {
          connection: node.connection,
          create: `echo "$(id -un) on $(hostname)"`,
          ...bound,
          ...remoteScript(node),
        },
        { ...parent, ...gone },
      );
      return [
        [node.name, done.stdout],
        [`${node.name}-connection`, done.connection],
      ];
    }),
  );

/** Nodes of another stack as servers of the cloud that stands. To be called where a Lab002 does. */
export function onACloud(): void {
  let allow: OpenstackStack["hardware"]["allow"] = [SSH];
  let made: Awaited<ReturnType<typeof hardwareStack>>;
  let before = "";
  const folder = mkdtempSync(join(tmpdir(), "cloud-keys-"));
  const connections = new Map<string, Connection>();

  const up = async (): Promise<Record<string, number>> => {
    const { outputs, summary } = await made.stack.up({ refresh: true });
    for (const node of NODES) {
      expect(outputs[node]?.value).toBe(`root on ${node}`);
      connections.set(node, outputs[`${node}-connection`]?.value as Connection);
    }
    return { ...summary.resourceChanges };
  };
  const connectionOf = (node: string): Connection => {
    const connection = connections.get(node);
    if (connection === undefined) throw new Error(`nothing is known of ${node}`);
    return connection;
  };
  /** With our own transport, through the jump host; keys are the stack's. */
  const login = async (node: string, command: string): Promise<string> => {
    const pool = new SshPool();
    try {
      return (await pool.exec(connectionOf(node), { command, idempotent: true })).stdout;
    } finally {
      pool.close();
    }
  };

  beforeAll(async () => {
    await prepare(await cloudImage());
    before = await everything();
    made = await hardwareStack(
      NAME,
      () => config(allow),
      (nodes, parent) => step(nodes, { parent }),
    );
  });
  afterAll(async () => {
    await made?.stack.destroy({ refresh: true });
    made?.forget();
    await clear();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is looked at before: nothing is missing but larger flavors", async () => {
    const problems = await preflight(NAME, config(allow));
    expect([...new Set(problems.map(({ where }) => where))]).toEqual(["hardware.flavors.default"]);
  });

  test("a name that is not there is told with those there are, a wrong password in one line", async () => {
    const base = config(allow);
    const wrong = { ...base, hardware: { ...base.hardware, externalNetwork: "publik" } };
    const [problem] = (await preflight(NAME, wrong)).filter(
      ({ where }) => where === "hardware.externalNetwork",
    );
    expect(problem?.expected).toContain("did you mean public?");
    const { auth } = base.hardware;
    if (auth === null) throw new Error("no credentials");
    const stranger = { ...base, hardware: { ...base.hardware, auth: { ...auth, password: "wrong" } } };
    const refused = await preflight(NAME, stranger);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.found).toContain("401");
    expect(JSON.stringify(refused)).not.toContain("wrong");
  });

  test("servers are made, and a step is done on each as root", up);

  test("OpenSSH's own client gets in through the jump host, and trusts nobody else", () => {
    const control = connectionOf("control");
    const compute = connectionOf("compute");
    writeFileSync(join(folder, "key"), control.privateKey ?? "", { mode: 0o600 });
    const known = [control, compute].map(({ host, hostKey }) => `${host} ${hostKey}\n`);
    writeFileSync(join(folder, "known"), known.join(""));
    const options = [
      "-F",
      "none",
      "-i",
      join(folder, "key"),
      "-o",
      "BatchMode=yes",
      "-o",
      "StrictHostKeyChecking=yes",
    ];
    const trust = [...options, "-o", `UserKnownHostsFile=${join(folder, "known")}`];
    const jump = ["ssh", ...trust, "-W", "%h:%p", `${control.user}@${control.host}`].map(quote).join(" ");
    const args = [...trust, "-o", `ProxyCommand=${jump}`, `${compute.user}@${compute.host}`, "hostname"];
    expect(execFileSync("ssh", args, { encoding: "utf8" })).toBe("compute\n");
  });

  test("each card has its address: the tunnel's, and none in the provider network", async () => {
    const [place] = openstack.plannedNodes(config(allow)).filter(({ name }) => name === "compute");
    const links = await login("compute", "ip -br -4 addr; ip -o link");
    expect(links).toContain(`${place?.addresses.management}/24`);
    expect(links).toContain(`${place?.addresses.tunnel}/24`);
    expect(links).toContain(place?.interfaces.provider);
    expect(links).not.toContain(`${place?.addresses.provider}/24`);
  });

  test("a second run changes nothing", async () => {
    expect(Object.keys(await up())).toEqual(["same"]);
  });

  test("one more rule is one more resource, and nothing is made anew", async () => {
    allow = [SSH, { port: 80, protocol: "tcp", from: "192.0.2.0/24" }];
    const { create, replace, update } = await up();
    expect({ create, replace, update }).toEqual({ create: 1, replace: undefined, update: undefined });
  });

  test("a server that somebody deleted is made again, and its step done again", async () => {
    await onControl(...AS_USER, `openstack server delete --wait ${NAME}-compute`);
    await login("control", "touch kept");
    await up();
    expect(await login("compute", "hostname")).toBe("compute\n");
    expect(await login("control", "ls")).toContain("kept");
  });

  test("what the state does not know goes too, and what is another's stays", async () => {
    const exported = await made.stack.exportStack();
    const resources = exported.deployment.resources as {
      type: string;
      id?: string;
      inputs?: { publicKey?: string };
    }[];
    const loginKey = resources.find(({ type }) => type.endsWith(":Keypair"))?.inputs?.publicKey ?? "";
    const ids = new Set(resources.flatMap(({ id }) => id ?? []));
    await onControl(
      ...AS_USER,
      `openstack network create --description ${quote(ownerMark(NAME, loginKey))} ${NAME}-lost -f value -c id`,
      `openstack network create ${NAME}-anothers -f value -c id`,
    );
    expect(await sweep(NAME, config(allow), { ids, loginKey })).toEqual([`network ${NAME}-lost`]);
    expect(await everything()).toContain(`network: ${NAME}-anothers\n`);
    await onControl(...AS_USER, `openstack network delete ${NAME}-anothers`);
  });

  test("the cloud is as it was once all is taken down", async () => {
    await made.stack.destroy({ refresh: true });
    expect(await everything()).toBe(before);
  });
}
