import type { NetworkId } from "../../hardware/drawing.ts";
import type { NetworkInterface } from "../types.ts";
import { isBelow } from "../wiring.ts";
import { widthOf } from "./measure.ts";
import { FONT, TAB } from "./sizes.ts";

/** What a box meets a network with. `at`: where its leg is, from the box's left edge. */
export interface Tab {
  readonly card: NetworkInterface;
  readonly lines: readonly { readonly text: string; readonly kind: "address" | "device" }[];
  readonly at: number;
  readonly width: number;
}

/** In this order from left to right, also where there is only one of them: bridges stand above it. */
const BELOW: readonly NetworkId[] = ["tunnel", "provider"];

/** How wide a box must be for its tabs. */
export function widthForTabs(cards: readonly NetworkInterface[]): number {
  const below = cards.filter(({ network }) => isBelow(network)).length;
  const most = Math.max(below, cards.length - below);
  return most * (tabWidth(cards) + TAB.gap) + TAB.gap;
}

/** A box's tabs, on its upper and on its lower edge. */
export function tabsOf(
  cards: readonly NetworkInterface[],
  width: number,
): { readonly top: Tab[]; readonly bottom: Tab[] } {
  const wide = tabWidth(cards);
  const above = cards.filter(({ network }) => !isBelow(network));
  const below = cards.filter(({ network }) => isBelow(network));
  const order = above.map(({ network }) => network);
  return { top: side(above, order, width, wide), bottom: side(below, BELOW, width, wide) };
}

/** One stands in the middle; of several each has its network's place. */
function side(
  cards: readonly NetworkInterface[],
  places: readonly NetworkId[],
  width: number,
  tab: number,
): Tab[] {
  const step = (width - 2 * TAB.gap - tab) / Math.max(1, places.length - 1);
  return cards.map((card) => ({
    card,
    lines: linesOf(card),
    width: tab,
    at: places.length === 1 ? width / 2 : TAB.gap + tab / 2 + places.indexOf(card.network) * step,
  }));
}

/** All of a box are as wide as the widest. */
const tabWidth = (cards: readonly NetworkInterface[]): number =>
  Math.max(40, ...cards.flatMap(linesOf).map(({ text, kind }) => widthOf(text, FONT[kind], "mono"))) +
  2 * TAB.pad;

function linesOf({ address, device }: NetworkInterface): Tab["lines"] {
  const first = address === null ? [] : [{ text: address, kind: "address" as const }];
  const second = device ?? (address === null ? "no address" : null);
  return second === null ? first : [...first, { text: second, kind: "device" as const }];
}
