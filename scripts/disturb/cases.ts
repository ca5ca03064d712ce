import { quote } from "../../src/config/quote.ts";
import { instanceName } from "../../src/hardware/local/names.ts";

/** A disturbance of a lab. */
export interface Case {
  /** `restart:control+compute` */
  readonly id: string;
  /** What is disturbed, for the page. */
  readonly what: string;
  /** The node that the command runs on. @default this machine */
  readonly node?: string;
  readonly command: string;
}

const SERVICES = { rabbitmq: "rabbitmq-server", mariadb: "mariadb" } as const;

/** Power cuts of every set of nodes. */
export function restarts(stack: string, nodes: readonly string[]): Case[] {
  return subsets(nodes).map((some) => ({
    id: `restart:${some.join("+")}`,
    what: some.join(", "),
    command: `incus restart --force ${some.map((node) => quote(instanceName(stack, node))).join(" ")}`,
  }));
}

/** Restarts of the services that all others use. */
export const services = (): Case[] =>
  Object.entries(SERVICES).map(([name, unit]) => ({
    id: `service:${name}`,
    what: unit,
    node: "control",
    command: `systemctl restart ${unit}`,
  }));

/** All subsets but the empty one, the smallest first. */
function subsets(all: readonly string[]): string[][] {
  const [first, ...others] = all;
  if (first === undefined) return [];
  const without = subsets(others);
  const found = [[first], ...without, ...without.map((some) => [first, ...some])];
  return found.sort((a, b) => a.length - b.length);
}
