import type { NetworkInterface, Node, Topology } from "./types.ts";
import { isBelow, wiresOf } from "./wiring.ts";
import { cardLabel, headline, rolesOf, subtitle } from "./words.ts";

/** Quotes and angle brackets would end the text or be taken for markup. */
const quoted = (...lines: readonly (string | null)[]): string => {
  const texts = lines.filter((line) => line !== null && line !== "").map((line) => escaped(String(line)));
  return `"${texts.join("<br/>")}"`;
};
const escaped = (text: string): string =>
  text.replaceAll("&", "#amp;").replaceAll('"', "#quot;").replaceAll("<", "#lt;").replaceAll(">", "#gt;");

/** Words such as `end` mean something to Mermaid, and so do hyphens. */
const idOf = (kind: "net" | "at" | "br", name: string): string =>
  `${kind}_${name.replaceAll(/[^A-Za-z0-9]/g, "_")}`;

/** A flowchart, for pages that draw Mermaid. */
export function mermaid(topology: Topology): string {
  const { networks, neighbours, nodes, links } = topology;
  const dashed = [
    ...networks.filter(({ used }) => !used).map(({ id }) => idOf("net", id)),
    ...nodes.filter(({ standing }) => standing === false).map(({ id }) => idOf("at", id)),
  ];
  return [
    "---",
    `title: ${JSON.stringify(`${headline(topology)} (${subtitle(topology)})`)}`,
    "---",
    "flowchart TB",
    ...networks.map(
      ({ id, title, cidr, purpose }) => `  ${idOf("net", id)}([${quoted(title, cidr, purpose)}])`,
    ),
    ...neighbours.flatMap(({ id, title, notes, cards }) => [
      `  ${idOf("at", id)}[${quoted(title, ...notes)}]`,
      ...cards.map((card) => edge(idOf("at", id), card)),
    ]),
    ...nodes.flatMap(nodeLines),
    ...links.map(({ from, to, label }) => `  ${idOf("at", from)} -- ${quoted(label)} --- ${idOf("at", to)}`),
    ...(dashed.length > 0
      ? ["  classDef absent stroke-dasharray: 4 4", `  class ${dashed.join(",")} absent`]
      : []),
    "",
  ].join("\n");
}

function nodeLines(node: Node): string[] {
  const { id, services, bridges, cards } = node;
  const bridge = (name: string): string => idOf("br", `${id}_${name}`);
  const wires = wiresOf(node);
  return [
    `  subgraph ${idOf("at", `${id}_all`)}[${quoted(`${node.title} (${rolesOf(node)})`)}]`,
    `    ${idOf("at", id)}[${quoted(...services.map(({ title }) => title))}]`,
    ...bridges.map(({ name }) => `    ${bridge(name)}[${quoted(name)}]`),
    ...wires.flatMap((wire) =>
      "bridge" in wire.to ? [`    ${bridge(wire.bridge)} --- ${bridge(wire.to.bridge)}`] : [],
    ),
    "  end",
    ...cards.map((card) => {
      const over = wires.find(({ to }) => "card" in to && to.card === card.network);
      return edge(over === undefined ? idOf("at", id) : bridge(over.bridge), card);
    }),
  ];
}

/** What comes first is drawn above. */
function edge(place: string, card: NetworkInterface): string {
  const network = idOf("net", card.network);
  const [from, to] = isBelow(card.network) ? [place, network] : [network, place];
  const label = cardLabel(card);
  return `  ${from} ${card.used ? "---" : "-.-"}${label === "" ? "" : `|${quoted(label)}|`} ${to}`;
}
