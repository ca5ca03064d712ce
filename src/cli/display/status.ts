import type { NodeStatus } from "../commands/status.ts";
import type { ServiceStatus } from "../services.ts";
import type { Style } from "./style.ts";
import { table } from "./table.ts";
import { duration, shorten } from "./text.ts";

/** A stack as people look at it: its nodes, then service by service the steps. */
export function statusLines(
  stack: string,
  lab: string,
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
  ];
  return lines.map((line) => colour(width === undefined ? line : shorten(line, width), style));
}

const nodeTable = (nodes: readonly NodeStatus[]): string[] =>
  table([
    ["NODE", "ROLES", "MANAGEMENT", "TUNNEL", "PROVIDER", "REACHABLE"],
    ...nodes.map(({ name, roles, addresses, reachable }) => [
      name,
      roles.join(","),
      addresses.management,
      addresses.tunnel,
      addresses.provider,
      reachable ? "yes" : "no",
    ]),
  ]);

function serviceLines({ service, done, total, seconds, steps }: ServiceStatus): string[] {
  const rows = steps.map((step) => [
    step.done === undefined ? "·" : "✔",
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

/** Colours come last, when nothing is measured any more. */
const colour = (line: string, style: Style): string =>
  line
    .replace(/^ {2}✔/, `  ${style.good("✔")}`)
    .replace(/ no$/, ` ${style.bad("no")}`)
    .replace(/^[A-Z]+ .*|^\S+ {2}\d+\/\d+.*/, (head) => style.strong(head));
