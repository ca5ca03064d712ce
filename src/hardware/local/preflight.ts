import { bytes } from "../../config/memory.ts";
import type { Problem } from "../types.ts";
import type { LocalStack } from "./config.ts";
import { instanceName } from "./names.ts";
import { observe, type Seen } from "./observe.ts";
import { networkFindings, taken } from "./preflight-networks.ts";

/** Size that a node's disk grows to, without images and volumes. */
const DISK_PER_NODE = 6 * 2 ** 30;
/** Incus' limit for the name of an instance. */
const LONGEST_NAME = 63;

export interface Findings {
  /** The lab cannot be built. */
  readonly problems: Problem[];
  /** The lab can be built, but may not run well. */
  readonly warnings: Problem[];
}

/** Checks whether this machine can build the lab. Changes nothing. */
export async function examine(stack: string, config: LocalStack): Promise<Findings> {
  return findings(stack, config, await observe(config.hardware.pool));
}

/** The same from what was observed. Pure. */
export function findings(stack: string, config: LocalStack, seen: Seen): Findings {
  if (seen.incusError !== null) return { problems: [unreachable(seen.incusError)], warnings: [] };
  const network = networkFindings(stack, config, seen);
  return {
    problems: [...pool(config, seen), ...network.problems, ...instances(stack, config, seen)],
    warnings: [...memory(config, seen), ...disk(stack, config, seen), ...seen.firewall, ...network.warnings],
  };
}

/** What of this machine may keep a built lab from working: its firewall, and routes that take addresses away. */
export async function obstacles(stack: string, config: LocalStack): Promise<Problem[]> {
  const seen = await observe(config.hardware.pool);
  const { problems, warnings } = networkFindings(stack, config, seen);
  return [...seen.firewall, ...problems, ...warnings];
}

const unreachable = (found: string): Problem => ({
  where: "incus",
  found,
  expected: "a running Incus that this user may use",
  fix: "run `lab doctor`",
});

function pool(config: LocalStack, seen: Seen): Problem[] {
  const wanted = config.hardware.pool;
  if (seen.pools.some(({ name }) => name === wanted)) return [];
  const others = seen.pools.map(({ name }) => name).join(", ") || "none";
  return [
    {
      where: "hardware.pool",
      found: wanted,
      expected: `an Incus storage pool; there is: ${others}`,
      fix: "run scripts/setup, or set hardware.pool",
    },
  ];
}

function instances(stack: string, config: LocalStack, seen: Seen): Problem[] {
  return Object.keys(config.nodes).flatMap((node) => {
    const name = instanceName(stack, node);
    const other = seen.instances.find((instance) => instance.name === name);
    if (other !== undefined && other.stack !== stack) {
      return [taken(`instance ${name}`, other.stack, `incus delete ${name}`)];
    }
    if (name.length <= LONGEST_NAME) return [];
    const expected = `a name that makes at most ${LONGEST_NAME} characters together with the stack's: ${name}`;
    return [
      { where: `nodes.${node}`, found: node, expected, fix: "shorten the name of the node or of the stack" },
    ];
  });
}

function memory(config: LocalStack, seen: Seen): Problem[] {
  const wanted = Object.values(config.nodes).reduce((sum, node) => sum + bytes(node.memory), 0);
  if (wanted <= seen.memoryBytes) return [];
  return [
    {
      where: "nodes.*.memory",
      found: `${gib(wanted)} in all`,
      expected: `at most this machine's ${gib(seen.memoryBytes)}`,
      fix: "set nodes.<name>.memory lower; it is a limit, and nodes mostly use less",
    },
  ];
}

function disk(stack: string, config: LocalStack, seen: Seen): Problem[] {
  const free = seen.pools.find(({ name }) => name === config.hardware.pool)?.freeBytes ?? null;
  // A node that exists has its disk already.
  const there = new Set(seen.instances.map(({ name }) => name));
  const missing = Object.keys(config.nodes).filter((node) => !there.has(instanceName(stack, node)));
  const wanted = missing.length * DISK_PER_NODE;
  if (free === null || free >= wanted) return [];
  return [
    {
      where: "hardware.pool",
      found: `${gib(free)} free in ${config.hardware.pool}`,
      expected: `${gib(wanted)} for ${missing.length} nodes`,
      fix: "take down labs that are no longer used, or set hardware.pool to a larger one",
    },
  ];
}

const gib = (size: number): string => `${(size / 2 ** 30).toFixed(1)} GiB`;
