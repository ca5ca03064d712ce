import { quote } from "../../src/actions/quote.ts";
import { instanceName } from "../../src/hardware/local/names.ts";

/** A disturbance of a standing lab. */
export interface Case {
  /** `restart:control+compute` */
  readonly id: string;
  /** What is disturbed, as the page names it. */
  readonly what: string;
  /** Where the command is run: a node, or this machine. */
  readonly node?: string;
  readonly command: string;
}

const SERVICES = { rabbitmq: "rabbitmq-server", mariadb: "mariadb" } as const;

/** Power cuts of each node, each pair, and so on up to all of them. */
export function restarts(stack: string, nodes: readonly string[]): Case[] {
  return subsets(nodes).map((some) => ({
    id: `restart:${some.join("+")}`,
    what: some.join(", "),
    command: `incus restart --force ${some.map((node) => quote(instanceName(stack, node))).join(" ")}`,
  }));
}

/** Restarts of the services that all others talk through. */
export const services = (): Case[] =>
  Object.entries(SERVICES).map(([name, unit]) => ({
    id: `service:${name}`,
    what: unit,
    node: "control",
    command: `systemctl restart ${unit}`,
  }));

/** All that are not empty, the smallest first. */
function subsets(all: readonly string[]): string[][] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  const without = subsets(others);
  const found = [[first], ...without, ...without.map((some) => [first, ...some])];
  return found.sort((a, b) => a.length - b.length);
}
