import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCidr } from "../../config/ipv4.ts";
import { BLOCKS, blocksIn, hashedBlock, NETWORKS, networkIn } from "../../config/networks.ts";
import { backendFolder, home } from "../../config/paths.ts";
import { bridgeNames } from "./names.ts";
import { type Route, routesHere } from "./routes.ts";

/** What decides which block of addresses a stack has. */
export interface Uses {
  /** Blocks that are recorded, by stack; none for this one. */
  readonly recorded: ReadonlyMap<string, number>;
  /** This machine's routes. */
  readonly routes: readonly Route[];
  /** The other stacks that have a state. */
  readonly others: readonly string[];
  /** The stack's state has networks. */
  readonly isBuilt: boolean;
}

/**
 * The block of a stack that has none recorded. A built stack keeps the block that it was built with. Any other gets the first free
 * one from where its name leads. Where all are in use it is that one, and preflight says what is in the way.
 */
export function chooseBlock(stack: string, { recorded, routes, others, isBuilt }: Uses): number {
  const bridges = bridgeNames(stack);
  const own: readonly string[] = Object.values(bridges);
  const first = hashedBlock(stack);
  for (const { destination, device } of routes) {
    const network = NETWORKS.find((name) => bridges[name] === device);
    const { from } = rangeOf(destination);
    if (network !== undefined && networkIn(from, network) === destination) return from;
  }
  // Before blocks were recorded, names alone led to them.
  if (isBuilt) return first;
  const taken = new Set([
    ...recorded.values(),
    ...others.filter((other) => !recorded.has(other)).map(hashedBlock),
  ]);
  const all = routes.filter(({ device }) => !own.includes(device)).map((route) => rangeOf(route.destination));
  // A VPN's 0.0.0.0/1 or 10.0.0.0/8 is no conflict, as a block's networks are narrower: it counts only while there is something better.
  for (const ranges of [all, all.filter(({ from, to }) => from === to)]) {
    const isFree = (block: number): boolean =>
      !taken.has(block) && ranges.every(({ from, to }) => block < from || block > to);
    for (let step = 0; step < BLOCKS; step += 1) {
      const block = (first + step) % BLOCKS;
      if (isFree(block)) return block;
    }
  }
  return first;
}

const rangeOf = (cidr: string): ReturnType<typeof blocksIn> => {
  const range = parseCidr(cidr);
  return range === undefined ? { from: 0, to: -1 } : blocksIn(range);
};

/** The folder of records: a file for each block, named by its number, holds the name of the stack that has it. */
const folder = (): string => join(home(), "networks");

/** The block of a stack's networks on this machine; where none is recorded, the one that it would get now. */
export function networkBlock(stack: string): number {
  const recorded = records();
  return recorded.get(stack) ?? chooseBlock(stack, readUses(stack, recorded));
}

/** The same, recorded for the stack. */
export function reserveNetworkBlock(stack: string): number {
  for (;;) {
    const recorded = records();
    const block = recorded.get(stack) ?? chooseBlock(stack, readUses(stack, recorded));
    // It has it already, or another stack does and there is no other: nothing to record.
    if ([...recorded.values()].includes(block) || record(stack, block)) return block;
  }
}

function readUses(stack: string, recorded: ReadonlyMap<string, number>): Uses {
  const states = readOr([], () => readdirSync(stateFolder()))
    .filter((name) => name.endsWith(".json"))
    .map((name) => name.slice(0, -".json".length));
  return {
    recorded,
    routes: routesHere(),
    others: states.filter((other) => other !== stack),
    isBuilt: states.includes(stack) && hasNetworks(stack),
  };
}

/** Forgets which block a stack has. */
export function releaseNetworkBlock(stack: string): void {
  for (const [owner, block] of records()) {
    if (owner === stack) rmSync(join(folder(), String(block)), { force: true });
  }
}

function records(): Map<string, number> {
  const names = readOr([], () => readdirSync(folder())).filter((name) => /^\d+$/.test(name));
  return new Map(
    names.flatMap((name) => {
      const owner = readOr("", () => readFileSync(join(folder(), name), "utf8")).trim();
      return owner === "" ? [] : [[owner, Number(name)] as const];
    }),
  );
}

/** Whole or not at all: a link to a file that is complete already. @returns false where another stack was faster */
function record(stack: string, block: number): boolean {
  mkdirSync(folder(), { recursive: true, mode: 0o700 });
  const draft = join(folder(), `${stack}.${process.pid}.new`);
  writeFileSync(draft, `${stack}\n`, { mode: 0o600 });
  try {
    linkSync(draft, join(folder(), String(block)));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Where the engine keeps states, as far as they are files. */
function stateFolder(): string {
  const backend = process.env.PULUMI_BACKEND_URL;
  const root = backend === undefined ? join(home(), "state") : (backendFolder(backend) ?? "");
  return join(root, ".pulumi/stacks/scratchstack");
}

/** Whether a stack's state has networks. Its text is enough to tell. */
const hasNetworks = (stack: string): boolean =>
  readOr("", () => readFileSync(join(stateFolder(), `${stack}.json`), "utf8")).includes(
    "::hardware/network-",
  );

function readOr<T>(missing: T, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return missing;
    throw error;
  }
}
