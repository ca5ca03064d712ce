import { NETWORKS } from "../../config/networks.ts";
import type { Card, Neighbour, NetworkId, Node, NodeBridge, Running } from "../types.ts";
import { wayTo } from "../wiring.ts";
import { rolesOf } from "../words.ts";
import { widthOf, wrap } from "./measure.ts";
import { BRIDGE, CHIP, FONT, LINE, PAD, TAB } from "./sizes.ts";

/** What a box meets a network with. `at`: where its leg is, from the box's left edge. */
export interface Tab {
  readonly card: Card;
  readonly lines: readonly { readonly text: string; readonly kind: "address" | "device" }[];
  readonly at: number;
  readonly width: number;
}

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

/** Networks below the boxes; the others are above. */
export const BELOW: readonly NetworkId[] = ["tunnel", "provider"];
const NARROW = 150;
const WIDE = 216;
/** Down to the title's base line. */
const TITLE = 30;

export function columnOf(place: Node | Neighbour): Column {
  const node = "services" in place ? place : undefined;
  const sides = [place.cards.filter(isAbove), place.cards.filter((card) => !isAbove(card))] as const;
  const tabWidth = Math.max(0, ...place.cards.map((card) => widthOfTab(linesOf(card))));
  const chips = node?.services ?? [];
  const width = Math.ceil(
    Math.max(
      node === undefined ? NARROW : WIDE,
      widthOf(place.title, FONT.place) * 1.1 + 2 * PAD,
      ...chips.map((service) => chipWidth(service) + 2 * PAD),
      ...sides.map((cards) => cards.length * (tabWidth + TAB.gap) + TAB.gap),
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
    top: tabs(sides[0], width, tabWidth),
    bottom: tabs(sides[1], width, tabWidth, BELOW),
    width,
    height: (last === undefined ? under : last.y + CHIP.height + PAD) + panel,
  };
}

const isAbove = ({ network }: Card): boolean => !BELOW.includes(network);

const notesOf = (node: Node): string[] => [
  rolesOf(node),
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

function linesOf({ address, device }: Card): Tab["lines"] {
  const first = address === null ? [] : [{ text: address, kind: "address" as const }];
  return device === null ? first : [...first, { text: device, kind: "device" as const }];
}

const widthOfTab = (lines: Tab["lines"]): number =>
  Math.max(40, ...lines.map(({ text, kind }) => widthOf(text, FONT[kind], "mono"))) + 2 * TAB.pad;

/** One stands in the middle of a side; of several each has a place that is its network's. */
function tabs(cards: readonly Card[], width: number, tab: number, order?: readonly NetworkId[]): Tab[] {
  const places = order ?? cards.map(({ network }) => network);
  const step = (width - 2 * TAB.gap - tab) / Math.max(1, places.length - 1);
  return cards.map((card) => ({
    card,
    lines: linesOf(card),
    width: tab,
    at: places.length === 1 ? width / 2 : TAB.gap + tab / 2 + places.indexOf(card.network) * step,
  }));
}
