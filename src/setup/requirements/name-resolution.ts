import { run } from "../exec.ts";
import { POOL } from "../incus/pool.ts";
import type { Requirement } from "../types.ts";

interface Instance {
  readonly name: string;
  readonly project: string;
  readonly status: string;
  readonly expanded_devices: Readonly<Record<string, { readonly pool?: string }>>;
}

async function runningNodes(): Promise<Instance[]> {
  const { code, stdout } = await run("incus", ["list", "--all-projects", "--format", "json"]);
  const all: Instance[] = code === 0 ? JSON.parse(stdout) : [];
  return all.filter(
    ({ status, expanded_devices }) =>
      status === "Running" && Object.values(expanded_devices).some(({ pool }) => pool === POOL),
  );
}

/** Whether a node resolves its own name: RabbitMQ and sudo wait long for a name that does not resolve. */
async function resolvesItself({ name, project }: Instance): Promise<boolean> {
  const question = ["sh", "-c", 'getent hosts "$(hostname)"'];
  return (await run("incus", ["exec", name, "--project", project, "--", ...question])).code === 0;
}

export const nameResolution: Requirement = {
  id: "name-resolution",
  title: "name resolution on the nodes",
  neededBy: "services that find each other",
  async probe() {
    const nodes = await runningNodes();
    if (nodes.length === 0) return { found: "no node runs", state: "ok" };
    const answers = await Promise.all(nodes.map(resolvesItself));
    const lost = nodes.filter((_, i) => !answers[i]).map(({ name }) => name);
    if (lost.length === 0)
      return { found: `works on ${nodes.map(({ name }) => name).join(", ")}`, state: "ok" };
    return { found: `${lost.join(", ")} cannot resolve their own names`, state: "warn" };
  },
  fix: { text: "scripts/lab up" },
};
