import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compute } from "@pulumi/openstack";
import { ComponentResource, output } from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand } from "@pulumi/pulumi/automation/index.js";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasOpenstackPlugin } from "../../src/config/engine.ts";
import { cache } from "../../src/config/paths.ts";
import { engineRoot } from "../../src/engine/environment.ts";
import type { OpenstackStack } from "../../src/hardware/openstack/config.ts";
import { SURROUNDINGS } from "../../src/hardware/openstack/credentials.ts";
import { pluginEnvironment } from "../../src/hardware/openstack/plugin-environment.ts";
import { declareProvider } from "../../src/hardware/openstack/provider.ts";
import { type DeclaredServer, declareFloating, type Shared } from "../../src/hardware/openstack/server.ts";
import { onCloud } from "../hardware/openstack/config.ts";
import { FakeCloud } from "../hardware/openstack/fake-cloud.ts";

const PROJECT = "openstack-plugin-test";

/** The OpenStack plugin under the real engine, with two clouds in memory: the stack is meant for a, the shell speaks of b. */
describe.runIf(hasOpenstackPlugin())("the OpenStack plugin", () => {
  const folder = mkdtempSync(join(tmpdir(), "scratchstack-openstack-"));
  const cleanEnvironment = { ...process.env };
  const engine = {
    PULUMI_HOME: join(cache(), "pulumi"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
  };
  let a: FakeCloud;
  let b: FakeCloud;
  let number = 0;

  beforeAll(async () => {
    mkdirSync(join(folder, "state"));
    [a, b] = await Promise.all([FakeCloud.start(), FakeCloud.start()]);
    const entry = ({ url }: FakeCloud, more: object = {}) => ({
      auth: { auth_url: url, username: "me", password: "right", project_name: "mine" },
      ...more,
    });
    const clouds = { a: entry(a, { interface: "internal" }), b: entry(b) };
    writeFileSync(join(folder, "clouds.yaml"), JSON.stringify({ clouds }));
  });
  beforeEach(() => {
    for (const name of Object.keys(process.env)) if (name.startsWith("OS_")) delete process.env[name];
    Object.assign(process.env, engine, { OS_CLIENT_CONFIG_FILE: join(folder, "clouds.yaml") });
    for (const cloud of [a, b]) cloud.asked.length = 0;
  });
  afterAll(() => {
    process.env = cleanEnvironment;
    for (const cloud of [a, b]) cloud.stop();
    rmSync(folder, { recursive: true });
    const selected = join(engine.PULUMI_HOME, "workspaces");
    for (const name of readdirSync(selected)) if (name.startsWith(PROJECT)) rmSync(join(selected, name));
  });

  /** Builds a stack as `lab up` does. @returns its provider's inputs in the state */
  async function build(config: OpenstackStack, declare: (shared: Shared["common"]) => void): Promise<object> {
    number += 1;
    const program = async () => {
      const parent = new ComponentResource("test:index:Test", "test");
      declare({ parent, provider: declareProvider(config, parent) });
    };
    const surroundings = { ...SURROUNDINGS, env: process.env };
    const variables = await pluginEnvironment(config.hardware, surroundings);
    const stack = await LocalWorkspace.createStack(
      { stackName: `test${number}`, projectName: PROJECT, program },
      {
        workDir: folder,
        envVars: { ...engine, ...variables },
        pulumiCommand: await PulumiCommand.get({ root: engineRoot() ?? "" }),
        projectSettings: { name: PROJECT, runtime: "nodejs" },
      },
    );
    await stack.up();
    const { deployment } = await stack.exportStack();
    const { resources } = deployment as { resources: { type: string; inputs: object }[] };
    return resources.find(({ type }) => type === "pulumi:providers:openstack")?.inputs ?? {};
  }

  const keypair = (options: Shared["common"]): void =>
    void new compute.Keypair("key", { name: `key-${number}`, publicKey: "ssh-ed25519 AAAA" }, options);

  const inA = () => ({ auth: { url: a.url, user: "me", password: "right", project: "mine" } });
  const openrcOfB = () => ({
    OS_AUTH_URL: b.url,
    OS_USERNAME: "other",
    OS_PASSWORD: "of b",
    OS_PROJECT_NAME: "other",
    OS_REGION_NAME: "RegionOfB",
    OS_ENDPOINT_TYPE: "admin",
  });

  it.each([
    ["hardware.auth, OS_CLOUD of another", inA, () => ({ OS_CLOUD: "b" })],
    ["hardware.auth, openrc of another", inA, openrcOfB],
    ["hardware.cloud, OS_CLOUD of another", () => ({ cloud: "a" }), () => ({ OS_CLOUD: "b" })],
    ["hardware.cloud, openrc of another", () => ({ cloud: "a" }), openrcOfB],
  ])("builds in the cloud of the stack file: %s", async (_name, hardware, env) => {
    Object.assign(process.env, env());
    const inputs = await build(onCloud(hardware()), keypair);
    expect(a.keypairs.map(({ name }) => name)).toContain(`key-${number}`);
    expect(b.asked).toEqual([]);
    expect(Object.keys(inputs)).not.toContain("region");
    expect(JSON.stringify(inputs)).not.toContain("of b");
  });

  it("takes the interface of clouds.yaml", async () => {
    await build(onCloud({ cloud: "a" }), keypair);
    expect(a.asked).toContain("POST /internal/nova/os-keypairs");
  });

  it("takes an openrc with ids and OS_INTERFACE", async () => {
    const login = { OS_USER_ID: "u", OS_PASSWORD: "right", OS_PROJECT_ID: "p" };
    Object.assign(process.env, { OS_AUTH_URL: b.url, OS_INTERFACE: "internal", ...login });
    const inputs = await build(onCloud(), keypair);
    expect(b.asked).toContain("POST /internal/nova/os-keypairs");
    expect(JSON.stringify(inputs)).not.toContain("right");
  });

  it("takes an external network by id where another one has its name", async () => {
    const networks = [a.add("networks", { name: "public" }), a.add("networks", { name: "public" })];
    const config = onCloud({ ...inA(), externalNetwork: networks[1]?.id });
    const port = a.add("ports", { name: "port", fixed_ips: [] });
    const server = { ports: { management: { id: output(port.id) } } } as unknown as DeclaredServer;
    await build(config, (common) => {
      const networks = { pool: output("public"), ways: [] } as unknown as Shared["networks"];
      declareFloating(server, { config, common, networks, mark: output("mark") } as Shared);
    });
    expect(a.items.floatingips?.map((item) => item.floating_network_id)).toEqual([networks[1]?.id]);
  });
});
