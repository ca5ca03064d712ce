import { LAB } from "../../config/paths.ts";
import type { NodeStatus } from "../commands/status.ts";
import type { ServiceStatus } from "../services.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";
import { clean, duration, shorten } from "./text.ts";

/**
 * A stack as people look at it: its nodes, then service by service the steps.
 * @param mendedBy what mends those that no longer hold: words after the command's own name
 */
export function statusLines(
  stack: string,
  lab: string,
  mendedBy: string,
  nodes: readonly NodeStatus[],
  services: readonly ServiceStatus[],
  style: Style,
  width?: number,
): string[] {
  const done = services.reduce((sum, service) => sum + service.done, 0);
  const total = services.reduce((sum, service) => sum + service.total, 0);
  const lines = [
    `${stack}: ${lab}, ${nodes.length} nodes, ${done} of ${total} steps done`,
    "",
    ...nodeTable(nodes),
    ...services.flatMap(serviceLines),
    ...driftLines(services, mendedBy),
  ];
  return lines.map((line) => colour(width === undefined ? line : shorten(line, width), style));
}

/** A fact that has a column of its own. */
const FACTS = { virt_type: "VIRTUALIZATION", datapath: "DATAPATH" } as const;

function nodeTable(nodes: readonly NodeStatus[]): string[] {
  const facts = shownFacts(nodes);
  return table([
    ["NODE", "ROLES", "MANAGEMENT", "TUNNEL", "PROVIDER", ...facts.map((fact) => FACTS[fact]), "REACHABLE"],
    ...nodes.map((node) => [
      node.name,
      node.roles.join(","),
      node.addresses.management,
      node.addresses.tunnel,
      node.addresses.provider,
      ...facts.map((fact) => node.facts[fact] ?? "-"),
      node.reachable ? "yes" : "no",
    ]),
  ]);
}

/** Those that are known of some node; the datapath only where there is Open vSwitch: from a network node on. */
function shownFacts(nodes: readonly NodeStatus[]): (keyof typeof FACTS)[] {
  const known = (fact: string): boolean => nodes.some(({ facts }) => facts[fact] !== undefined);
  const network = nodes.some(({ roles }) => roles.includes("network"));
  return [
    ...(known("virt_type") ? (["virt_type"] as const) : []),
    ...(network && known("datapath") ? (["datapath"] as const) : []),
  ];
}

function serviceLines({ service, done, total, seconds, steps }: ServiceStatus): string[] {
  const rows = steps.map((step) => [
    step.done === undefined ? "·" : step.drift === undefined ? "✔" : "✘",
    step.node,
    step.step,
    step.done?.seconds === undefined ? "" : duration(step.done.seconds),
    step.title,
  ]);
  return [
    "",
    `${service}  ${done}/${total}${done > 0 ? `  ${duration(seconds)}` : ""}`,
    ...table(rows).map((row) => `  ${row}`),
  ];
}

function driftLines(services: readonly ServiceStatus[], mendedBy: string): string[] {
  const drifted = services.flatMap(({ steps }) => steps.filter(({ drift }) => drift !== undefined));
  if (drifted.length === 0) return [];
  return [
    "",
    `${drifted.length} no longer hold: ${LAB} preview shows all that differs, ${LAB} ${mendedBy} mends it`,
    ...drifted.map(({ node, step, drift = [] }) => {
      const [first] = drift;
      return `  ${node}  ${step}: ${first === undefined ? "" : `${first.what}: ${clean(first.seen)}`}`;
    }),
  ];
}

/** Colours come last, when nothing is measured any more. */
const colour = (line: string, style: Style): string =>
  line
    .replace(/^ {2}✔/, `  ${style.good("✔")}`)
    .replace(/^ {2}✘/, `  ${style.bad("✘")}`)
    .replace(/ no$/, ` ${style.bad("no")}`)
    .replace(/^[A-Z]+ .*|^\S+ {2}\d+\/\d+.*/, (head) => style.strong(head));
