import type { Neighbour, NetworkInterface, Node, Topology } from "./types.ts";
import { isBelow, wiresOf } from "./wiring.ts";
import { cardLabel, headline, rolesOf, subtitle } from "./words.ts";

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
const dashed = (yes: boolean): string => (yes ? ", style=dashed" : "");

/** Graphviz: `lab graph --format dot | dot -Tpdf`. */
export function dot(topology: Topology): string {
  const { networks, neighbours, nodes, links } = topology;
  return [
    `graph ${quoted(topology.stack)} {`,
    `  label=${quoted(`${headline(topology)}\n${subtitle(topology)}`)}; labelloc=t; fontname="Helvetica";`,
    '  node [fontname="Helvetica", shape=box, style=rounded]; edge [fontname="Helvetica", fontsize=10];',
    ...networks.map(({ id, title, cidr, purpose, used }) => {
      const label = [title, cidr, purpose].filter((text) => text !== null).join("\n");
      return `  ${quoted(`network ${id}`)} [shape=box, label=${quoted(label)}${dashed(!used)}];`;
    }),
    ...neighbours.flatMap(neighbourLines),
    ...nodes.flatMap(nodeLines),
    ...links.map(({ from, to, label }) => `  ${quoted(from)} -- ${quoted(to)} [label=${quoted(label)}];`),
    "}",
    "",
  ].join("\n");
}

const neighbourLines = (neighbour: Neighbour): string[] => [
  `  ${quoted(neighbour.id)} [label=${quoted([neighbour.title, ...neighbour.notes].join("\n"))}];`,
  ...neighbour.cards.map((card) => edge(neighbour.id, card)),
];

function nodeLines(node: Node): string[] {
  const { id, services, bridges, cards, standing } = node;
  const bridge = (name: string): string => `${id} ${name}`;
  const wires = wiresOf(node);
  return [
    `  subgraph ${quoted(`cluster ${id}`)} {`,
    `    label=${quoted(`${node.title} (${rolesOf(node)})`)}${standing === false ? "; style=dashed" : ""};`,
    `    ${quoted(id)} [label=${quoted(services.map(({ title }) => title).join("\n"))}];`,
    ...bridges.map(({ name }) => `    ${quoted(bridge(name))} [shape=box, style="", label=${quoted(name)}];`),
    ...wires.flatMap((wire) =>
      "bridge" in wire.to ? [`    ${quoted(bridge(wire.bridge))} -- ${quoted(bridge(wire.to.bridge))};`] : [],
    ),
    "  }",
    ...cards.map((card) => {
      const over = wires.find(({ to }) => "card" in to && to.card === card.network);
      return edge(over === undefined ? id : bridge(over.bridge), card);
    }),
  ];
}

/** What comes first is drawn above. */
function edge(place: string, card: NetworkInterface): string {
  const network = `network ${card.network}`;
  const [from, to] = isBelow(card.network) ? [place, network] : [network, place];
  return `  ${quoted(from)} -- ${quoted(to)} [label=${quoted(cardLabel(card))}${dashed(!card.used)}];`;
}
