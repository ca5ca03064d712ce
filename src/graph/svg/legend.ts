import type { Topology } from "../types.ts";
import type { Layout } from "./layout.ts";
import { classes, element, text } from "./markup.ts";
import { widthOf } from "./measure.ts";
import { FONT, MARGIN } from "./sizes.ts";

const SAMPLE = 22;

/** What shapes and colours mean, as far as they occur. */
export function legendOf({ nodes, networks }: Topology, { legend }: Layout): string[] {
  const services = nodes.flatMap((node) => node.services);
  const cards = nodes.flatMap((node) => node.cards);
  const items: readonly (readonly [shape: string, meaning: string, occurs: boolean])[] = [
    ["chip", "service of module 001", services.some(({ module }) => module === "001")],
    ["chip added", "of a later module", services.some(({ module }) => module !== "001")],
    ["chip open", "not done yet", services.some(({ done }) => done === false)],
    ["bridge", "bridge of Open vSwitch", nodes.some(({ bridges }) => bridges.length > 0)],
    ["box idle", "there, but not used", [...networks, ...cards].some(({ used }) => !used)],
    ["box absent", "not there yet", nodes.some(({ standing }) => standing === false)],
  ];
  let x = MARGIN;
  return items
    .filter(([, , occurs]) => occurs)
    .flatMap(([shape, meaning]) => {
      const drawn = [
        element("rect", {
          class: classes(shape),
          x,
          y: legend - 11,
          width: SAMPLE,
          height: 14,
          rx: shape.startsWith("chip") ? 7 : 3,
        }),
        text(x + SAMPLE + 7, legend, "note", meaning),
      ];
      x += SAMPLE + 7 + widthOf(meaning, FONT.note) + 22;
      return drawn;
    });
}
