import type { Topology } from "../types.ts";
import { description, headline, subtitle } from "../words.ts";
import { drawBox } from "./box.ts";
import { type Band, bandStart, colourOf, type Layout, type Leg, layoutOf } from "./layout.ts";
import { legendOf } from "./legend.ts";
import { classes, element, named, text } from "./markup.ts";
import { BAND, MARGIN, PAD, TAB } from "./sizes.ts";
import { STYLE } from "./style.ts";

/** A picture that needs nothing besides: no font, no script, no other file. */
export function svg(topology: Topology): string {
  const layout = layoutOf(topology);
  const { width, height, bands, boxes, legs } = layout;
  const [title, about] = [`topology-${topology.stack}`, `topology-${topology.stack}-text`];
  return `${element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      class: "topology",
      role: "img",
      "aria-labelledby": `${title} ${about}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
    },
    [
      "",
      named("title", headline(topology), title),
      named("desc", `${subtitle(topology)}. ${description(topology)}`, about),
      element("style", {}, `\n${STYLE}\n`),
      element("rect", { class: "paper", width, height, rx: 12 }),
      text(MARGIN, MARGIN + 16, "headline", headline(topology)),
      text(MARGIN, MARGIN + 39, "subtitle", subtitle(topology)),
      ...links(layout),
      // What runs behind a network does not touch it: bars are drawn over the legs of others.
      ...legs.map(line),
      ...bands.flatMap((band) => bar(band, width - 2 * MARGIN)),
      ...legs.map(joint),
      ...legs.flatMap(tab),
      ...boxes.flatMap(drawBox),
      ...legendOf(topology, layout),
      "",
    ].join("\n"),
  )}\n`;
}

const colours = ({ tab: { card } }: Leg): string => classes(colourOf(card.network), !card.used && "idle");

const line = (leg: Leg): string =>
  element("path", { class: `leg ${colours(leg)}`, d: `M${leg.x} ${outside(leg)}V${leg.to}` });

/** The edge of its tab. */
const outside = ({ from, to }: Leg): number => (to < from ? from - TAB.height : from + TAB.height);

const joint = (leg: Leg): string =>
  element("circle", {
    class: `dot ${colours(leg)}`,
    cx: leg.x,
    cy: leg.to,
    r: leg.tab.card.used ? 4.5 : 3,
  });

/** On the box's edge, towards the network. */
function tab(leg: Leg): string[] {
  const { x, from, to } = leg;
  const { width, lines } = leg.tab;
  const y = to < from ? from - TAB.height : from;
  const first = y + TAB.height / 2 + (lines.length > 1 ? -3 : 4.5);
  return [
    element("rect", { class: `tab ${colours(leg)}`, x: x - width / 2, y, width, height: TAB.height, rx: 6 }),
    ...lines.map((item, index) => text(x, first + index * 14, `${item.kind} mono middle`, item.text)),
  ];
}

function bar({ network, y, right }: Band, width: number): string[] {
  const { id, title, cidr, purpose, used } = network;
  const at = bandStart(network);
  const base = y + BAND.height / 2 + 5;
  const written = (from: number, kind: string, content: string): string =>
    text(MARGIN + from, base, kind, content);
  return [
    element("rect", {
      class: classes("band", colourOf(id), !used && "idle"),
      x: MARGIN,
      y,
      width,
      height: BAND.height,
      rx: 8,
    }),
    written(PAD, `band-title ${colourOf(id)}`, title),
    ...(cidr === null ? [] : [written(at.cidr, "address mono", cidr)]),
    written(at.purpose, "note", purpose),
    ...(right === "" ? [] : [written(width - PAD, "note end", right)]),
  ];
}

/** From box to box, at the height of their titles. */
function links({ links, boxes }: Layout): string[] {
  return links.flatMap(({ from, to }) => {
    const [start, end] = [from, to].map((id) => boxes.find(({ column }) => column.id === id));
    if (start === undefined || end === undefined) return [];
    const y = start.y + 24;
    return [element("path", { class: "link", d: `M${start.x + start.column.width} ${y}H${end.x}` })];
  });
}
