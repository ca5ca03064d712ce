import type { Link, NetworkId } from "../../hardware/drawing.ts";
import type { Network, Topology } from "../types.ts";
import { isBelow } from "../wiring.ts";
import { headline, subtitle } from "../words.ts";
import { type Column, columnOf } from "./column.ts";
import { widthOf } from "./measure.ts";
import { BAND, FONT, GAP, LEG, MARGIN, PAD, TAB } from "./sizes.ts";
import type { Tab } from "./tab.ts";

/** A network where it is drawn; `right` stands at its end. */
export interface Band {
  readonly network: Network;
  readonly y: number;
  readonly right: string;
}

export interface Box {
  readonly column: Column;
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** From a box to a network. */
export interface Leg {
  readonly tab: Tab;
  readonly x: number;
  /** The box's edge. */
  readonly from: number;
  /** The network's edge. */
  readonly to: number;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly bands: readonly Band[];
  readonly boxes: readonly Box[];
  readonly legs: readonly Leg[];
  readonly links: readonly Link[];
  /** Base line of the legend. */
  readonly legend: number;
}

const HEAD = 68;
const FOOT = 44;

/** Where everything goes: networks as bars, between them the boxes side by side. */
export function layoutOf(topology: Topology): Layout {
  const columns = [...topology.neighbours, ...topology.nodes].map(columnOf);
  const above = topology.networks.filter(({ id }) => !isBelow(id));
  const below = topology.networks.filter(({ id }) => isBelow(id));
  const width = widthOfAll(topology, columns);
  const top = MARGIN + HEAD;
  const boxTop = top + above.length * (BAND.height + BAND.gap) - BAND.gap + LEG + TAB.height;
  const boxes = placed(columns, width, boxTop);
  const lowest = Math.max(...boxes.map(({ y, height }) => y + height));
  const under = lowest + (below.length > 0 ? TAB.height + LEG : 0);
  const bands = [...stacked(above, top), ...stacked(below, under)];
  const legs = boxes.flatMap((box) => [
    ...box.column.top.flatMap((tab) => leg(box, tab, box.y, BAND.height)),
    ...box.column.bottom.flatMap((tab) => leg(box, tab, box.y + box.height, 0)),
  ]);
  const end = Math.max(lowest, ...bands.map(({ y }) => y + BAND.height));
  return {
    width,
    height: end + FOOT + MARGIN / 2,
    bands,
    boxes,
    legs,
    links: topology.links,
    legend: end + FOOT - 12,
  };

  function leg({ x }: Box, tab: Tab, from: number, edge: number): Leg[] {
    const band = bands.find(({ network }) => network.id === tab.card.network);
    return band === undefined ? [] : [{ tab, x: x + tab.at, from, to: band.y + edge }];
  }
}

const stacked = (networks: readonly Network[], top: number): Band[] =>
  networks.map((network, index) => ({
    network,
    y: top + index * (BAND.height + BAND.gap),
    right: network.pool === null ? "" : `OpenStack gives away ${network.pool.first} – ${network.pool.last}`,
  }));

/** Nodes are all as high as the highest. */
function placed(columns: readonly Column[], width: number, y: number): Box[] {
  const highest = Math.max(0, ...columns.filter(({ kind }) => kind === "node").map(({ height }) => height));
  const used = columns.reduce((sum, column) => sum + column.width, 0);
  const gap = columns.length > 1 ? (width - 2 * MARGIN - used) / (columns.length - 1) : 0;
  let x = MARGIN;
  return columns.map((column) => {
    const box = { column, x: Math.round(x), y, height: column.kind === "node" ? highest : column.height };
    x += column.width + gap;
    return box;
  });
}

/** Wide enough for the boxes, for what the networks say of themselves, and for the head. */
function widthOfAll(topology: Topology, columns: readonly Column[]): number {
  const boxes = columns.reduce((sum, column) => sum + column.width + GAP, -GAP);
  const texts = stacked(topology.networks, 0).map(
    ({ network, right }) => bandStart(network).end + widthOf(right, FONT.note) + PAD,
  );
  const heads = [
    widthOf(headline(topology), FONT.headline) * 1.1,
    widthOf(subtitle(topology), FONT.subtitle),
  ];
  return Math.ceil(Math.max(boxes, ...texts, ...heads) + 2 * MARGIN);
}

/** Where in a band each of its texts begins, from its left edge. */
export function bandStart({ title, cidr, purpose }: Network): { cidr: number; purpose: number; end: number } {
  const gap = 14;
  const first = PAD + widthOf(title, FONT.band) * 1.1 + gap;
  const second = cidr === null ? first : first + widthOf(cidr, FONT.address, "mono") + gap;
  return { cidr: first, purpose: second, end: second + widthOf(purpose, FONT.note) + gap };
}

/** A network's place among the colours. */
export const colourOf = (network: NetworkId): string => `net-${network}`;
