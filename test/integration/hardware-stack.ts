import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ComponentResource, type Output, type Resource, secret } from "@pulumi/pulumi";
import { LocalWorkspace, PulumiCommand, type Stack } from "@pulumi/pulumi/automation/index.js";
import { hostAddress } from "../../src/config/ipv4.ts";
import { hashedBlock, NETWORKS, networkIn } from "../../src/config/networks.ts";
import { ROOT } from "../../src/config/paths.ts";
import type { StackConfig } from "../../src/config/schema.ts";
import { engineEnvironment, engineRoot } from "../../src/engine/environment.ts";
import type { LocalStack } from "../../src/hardware/local/config.ts";
import { hardwareOf } from "../../src/hardware/lookup.ts";
import type { Node } from "../../src/hardware/types.ts";
import { CONFIG } from "../hardware/stack.ts";

const PROJECT = `name: hardware-test
runtime: nodejs
plugins:
  providers:
    - name: command
      path: ${join(ROOT, "src/plugin/command")}
`;

/** One small control node, and nothing of the course on it. */
export function smallConfig(stack: string): LocalStack {
  const networks = Object.fromEntries(
    NETWORKS.map((network) => {
      const cidr = networkIn(hashedBlock(stack), network);
      return [network, { cidr, gateway: hostAddress(cidr, 1) }];
    }),
  ) as StackConfig["hardware"]["networks"];
  return {
    ...CONFIG,
    hardware: { ...CONFIG.hardware, networks, packageSources: null },
    nodes: { control: { roles: ["control"], number: 11, memory: "512MiB", cpus: 1 } },
  };
}

/** What nodes tell of themselves: how they are reached. */
const connections = (nodes: readonly Node[]): Outputs =>
  Object.fromEntries(nodes.map((node) => [node.name, secret(node.connection)]));

type Outputs = Record<string, Output<unknown>>;

/**
 * A stack of hardware alone, with a state of its own that goes with `forget`; so does what the engine is told of it.
 * @param outputs declares what is to be done on the nodes. @default nothing; how they are reached
 */
export async function hardwareStack(
  name: string,
  config: () => StackConfig,
  outputs: (nodes: readonly Node[], parent: Resource) => Outputs = connections,
): Promise<{ stack: Stack; folder: string; forget: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "hardware-state-"));
  const root = engineRoot();
  if (root === undefined) throw new Error("no engine: run scripts/setup");
  const env = {
    ...(await engineEnvironment(process.env)),
    PULUMI_BACKEND_URL: `file://${folder}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
  };
  const before = { ...process.env };
  Object.assign(process.env, env);
  writeFileSync(join(folder, "Pulumi.yaml"), PROJECT);
  const program = async () => {
    const { declareNodes } = await hardwareOf(config()).declaration();
    const parent = new ComponentResource("scratchstack:test:Hardware", name);
    return outputs(declareNodes(name, config(), {}, parent), parent);
  };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "hardware-test", program },
    {
      envVars: env,
      workDir: folder,
      pulumiCommand: await PulumiCommand.get({ root }),
    },
  );
  const forget = (): void => {
    for (const key of Object.keys(env)) delete process.env[key];
    Object.assign(process.env, before);
    rmSync(folder, { recursive: true, force: true });
  };
  return { stack, folder, forget };
}
