import { NETWORKS } from "../../config/networks.ts";
import type { NodeBridge } from "../types.ts";
import { inner, wayTo } from "../wiring.ts";
import { type Chip, panelHeight } from "./column.ts";
import { type Box, colourOf } from "./layout.ts";
import { classes, element, named, text } from "./markup.ts";
import { widthOf } from "./measure.ts";
import { BRIDGE, CHIP, FONT, LINE, PAD } from "./sizes.ts";
import type { Tab } from "./tab.ts";

/** A box with all that is in it. */
export function drawBox(box: Box): string[] {
  const { column, x, y, height } = box;
  const { width, title, notes, chips, standing } = column;
  return [
    element("rect", { class: classes("box", standing === false && "absent"), x, y, width, height, rx: 10 }),
    text(x + PAD, y + 30, "place", title),
    ...notes.map((note, index) =>
      text(
        x + PAD,
        y + 30 + (index + 1) * LINE,
        classes("note", standing && note === "stands" && "stands"),
        note,
      ),
    ),
    ...chips.flatMap((chip) => drawChip(chip, x, y)),
    ...drawBridges(box),
  ];
}

function drawChip({ service, x, y, width }: Chip, left: number, top: number): string[] {
  const { title, units, module, done } = service;
  const added = module !== "001" && "added";
  const shape = { x: left + x, y: top + y, width, height: CHIP.height, rx: CHIP.height / 2 };
  return [
    element(
      "rect",
      { class: classes("chip", added, done === false && "open"), ...shape },
      named("title", units.join(", ")),
    ),
    text(left + x + width / 2, top + y + CHIP.height / 2 + 4.3, classes("chip-text", added), title),
  ];
}

/** Above the interfaces the bridges that lead to them, above these the bridge that servers are plugged into. */
function drawBridges({ column, x, y, height }: Box): string[] {
  const { bridges, bottom, width } = column;
  if (bridges.length === 0) return [];
  const top = y + height - panelHeight(bridges);
  const ways = NETWORKS.map((network) => ({ network, way: wayTo(network, bridges) })).filter(
    ({ way }) => way.length > 0,
  );
  const legAt = (network: Tab["card"]["network"]): number =>
    x + (bottom.find(({ card }) => card.network === network)?.at ?? width / 2);
  const wires = ways.map(({ network }) =>
    element("path", {
      class: `wire ${colourOf(network)}`,
      d: `M${legAt(network)} ${top + BRIDGE.height}V${y + height}`,
    }),
  );
  const widest = Math.max(...bridges.map(({ name }) => widthOf(name, FONT.address, "mono"))) + 2 * BRIDGE.pad;
  const pill = (
    { name, done }: NodeBridge,
    middle: number,
    at: number,
    wide: number,
    colour: string,
  ): string[] => [
    element("rect", {
      class: classes("bridge", colour, done === false && "open"),
      x: middle - wide / 2,
      y: at,
      width: wide,
      height: BRIDGE.height,
      rx: 4,
    }),
    text(middle, at + BRIDGE.height / 2 + 4.3, "address mono middle", name),
  ];
  const step = BRIDGE.height + BRIDGE.gap;
  return [
    ...wires,
    ...inner(bridges).flatMap((bridge) => pill(bridge, x + width / 2, top, width - 2 * PAD, "")),
    ...ways.flatMap(({ network, way }) =>
      way.flatMap((bridge, index) =>
        pill(bridge, legAt(network), y + height - (index + 1) * step, widest, colourOf(network)),
      ),
    ),
  ];
}
