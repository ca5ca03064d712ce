import { NETWORKS } from "../../config/networks.ts";
import type { Neighbour, Node, NodeBridge, Running } from "../types.ts";
import { wayTo } from "../wiring.ts";
import { rolesOf } from "../words.ts";
import { widthOf, wrap } from "./measure.ts";
import { BRIDGE, CHIP, FONT, LINE, PAD } from "./sizes.ts";
import { type Tab, tabsOf, widthForTabs } from "./tab.ts";

/** A service, from the box's upper left corner. */
export interface Chip {
  readonly service: Running;
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** A node or a neighbour as a box with all that is in it, not yet put anywhere. */
export interface Column {
  readonly id: string;
  readonly title: string;
  readonly kind: "node" | Neighbour["kind"];
  readonly standing: boolean | null;
  readonly notes: readonly string[];
  readonly chips: readonly Chip[];
  readonly bridges: readonly NodeBridge[];
  /** In networks above and below the boxes. */
  readonly top: readonly Tab[];
  readonly bottom: readonly Tab[];
  readonly width: number;
  readonly height: number;
}

const NARROW = 150;
const WIDE = 216;
/** Down to the title's base line. */
const TITLE = 30;

export function columnOf(place: Node | Neighbour): Column {
  const node = "services" in place ? place : undefined;
  const chips = node?.services ?? [];
  const width = Math.ceil(
    Math.max(
      node === undefined ? NARROW : WIDE,
      widthOf(place.title, FONT.place) * 1.1 + 2 * PAD,
      ...chips.map((service) => chipWidth(service) + 2 * PAD),
      widthForTabs(place.cards),
    ),
  );
  const told = "notes" in place ? place.notes : notesOf(place);
  const notes = told.flatMap((note) => wrap(note, FONT.note, width - 2 * PAD));
  const under = TITLE + notes.length * LINE + PAD - 4;
  const placed = flow(chips, width, under);
  const last = placed.at(-1);
  const bridges = node?.bridges ?? [];
  const panel = bridges.length === 0 ? 0 : panelHeight(bridges) + PAD;
  return {
    id: place.id,
    title: place.title,
    kind: "kind" in place ? place.kind : "node",
    standing: node?.standing ?? null,
    notes,
    chips: placed,
    bridges,
    ...tabsOf(place.cards, width),
    width,
    height: (last === undefined ? under : last.y + CHIP.height + PAD) + panel,
  };
}

const notesOf = (node: Node): string[] => [
  rolesOf(node),
  ...(node.memory === null ? [] : [`up to ${node.memory.replace(/\D/, " $&")} of memory`]),
  ...(node.login === null ? [] : [`SSH at ${node.login}`]),
  ...(node.standing === null ? [] : [node.standing ? "stands" : "not there yet"]),
];

const chipWidth = ({ title }: Running): number => widthOf(title, FONT.chip) + 2 * CHIP.pad;

/** Chips one after the other, in as many rows as it takes. */
function flow(services: readonly Running[], width: number, top: number): Chip[] {
  let [x, y] = [PAD, top];
  return services.map((service) => {
    const wide = chipWidth(service);
    if (x > PAD && x + wide > width - PAD) [x, y] = [PAD, y + CHIP.height + CHIP.gap];
    const chip = { service, x, y, width: wide };
    x += wide + CHIP.gap;
    return chip;
  });
}

/** Servers' bridge on top, below it the ways to the networks. */
export function panelHeight(bridges: readonly NodeBridge[]): number {
  const deepest = Math.max(...NETWORKS.map((network) => wayTo(network, bridges).length));
  return BRIDGE.height + BRIDGE.drop + deepest * (BRIDGE.height + BRIDGE.gap);
}
