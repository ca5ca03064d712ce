import type { Known } from "../types.ts";
import { Cloud, CloudError } from "./client.ts";
import type { OpenstackStack } from "./config.ts";
import { credentials, isProblem, type Surroundings, surroundingsOf } from "./credentials.ts";
import { KINDS, marked, type Thing } from "./marked.ts";
import { keyName, ownerMark } from "./names.ts";

/** Milliseconds between two requests about something that is being deleted, and the highest number of requests. */
const INTERVAL = 1_000;
const LOOKS = 300;

/**
 * Deletes the orphans of a stack in its cloud: resources that were being created when an `up` was killed, or that the plugin forgot after
 * a failure. Only what has the owner mark of this stack.
 * @returns what was deleted, e.g. `volume lab002-control`
 * @throws CloudError
 */
export async function sweep(
  stack: string,
  config: OpenstackStack,
  { loginKey, ids }: Known,
  surroundings: Surroundings = surroundingsOf(config),
): Promise<string[]> {
  // Everything with an owner mark was created after the key.
  if (loginKey === undefined) return [];
  const found = credentials(config.hardware, surroundings);
  if (isProblem(found)) return [];
  const cloud = await Cloud.open(found);
  const mark = ownerMark(stack, loginKey);
  const things = (await marked(cloud, (one) => one === mark)).filter(({ id }) => !ids.has(id));
  for (const kind of Object.keys(KINDS)) {
    const these = things.filter((thing) => thing.kind === kind);
    await Promise.all(these.map((thing) => remove(cloud, thing)));
  }
  const key = await sweepKey(cloud, stack, loginKey, ids);
  return [...things.map(({ kind, name }) => `${kind} ${name}`), ...key];
}

async function remove(cloud: Cloud, thing: Thing): Promise<void> {
  const { service, path } = KINDS[thing.kind];
  if (thing.kind === "router") await emptied(cloud, thing);
  await patiently(() => cloud.remove(service, `${path}/${thing.id}`));
  // Others wait for these two to be gone: ports for a server, a quota for a volume.
  if (thing.kind === "server" || thing.kind === "volume") await gone(cloud, thing);
}

/** A router can be deleted once it has no interfaces. */
async function emptied(cloud: Cloud, { id }: Thing): Promise<void> {
  const ports = await cloud.list<{ id: string; device_owner: string }>(
    "network",
    `/ports?device_id=${id}`,
    "ports",
  );
  for (const port of ports.filter(({ device_owner: owner }) => /router_interface/.test(owner))) {
    await cloud.put("network", `/routers/${id}/remove_router_interface`, { port_id: port.id });
  }
}

/** The cloud refuses for a moment to delete what something else, which is being deleted, still uses. */
async function patiently(act: () => Promise<void>): Promise<void> {
  for (let look = 1; ; look += 1) {
    try {
      return await act();
    } catch (error) {
      const passing = error instanceof CloudError && [400, 409].includes(error.status);
      if (!passing || look >= 30) throw error;
    }
    await pause();
  }
}

async function gone(cloud: Cloud, { kind, id, name }: Thing): Promise<void> {
  const { service, path } = KINDS[kind];
  for (let look = 0; look < LOOKS; look += 1) {
    try {
      await cloud.get(service, `${path}/${id}`);
    } catch (error) {
      if (error instanceof CloudError && error.status === 404) return;
      throw error;
    }
    await pause();
  }
  throw new CloudError(`${kind} ${name} is still there after ${(LOOKS * INTERVAL) / 1000} s`, 0);
}

/** Key pairs have no description: the key itself identifies the stack. */
async function sweepKey(
  cloud: Cloud,
  stack: string,
  loginKey: string,
  ids: ReadonlySet<string>,
): Promise<string[]> {
  const name = keyName(stack);
  if (ids.has(name)) return [];
  const pairs = await cloud.list<{ keypair: { name: string; public_key: string } }>(
    "compute",
    "/os-keypairs",
    "keypairs",
  );
  const own = pairs.some(({ keypair }) => keypair.name === name && keypair.public_key.startsWith(loginKey));
  if (!own) return [];
  await cloud.remove("compute", `/os-keypairs/${encodeURIComponent(name)}`);
  return [`key pair ${name}`];
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, INTERVAL));
