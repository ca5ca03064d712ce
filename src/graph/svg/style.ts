import { FONT } from "./sizes.ts";

/** Colours by meaning; of a network the line, the bar and its edge. */
interface Palette {
  readonly paper: string;
  readonly ink: string;
  readonly faint: string;
  readonly box: string;
  readonly edge: string;
  readonly chip: string;
  readonly added: readonly [fill: string, text: string];
  readonly good: string;
  readonly networks: Readonly<Record<string, readonly [line: string, bar: string]>>;
}

const LIGHT: Palette = {
  paper: "#ffffff",
  ink: "#1f2328",
  faint: "#59636e",
  box: "#f9fafb",
  edge: "#c6cdd5",
  chip: "#e9edf1",
  added: ["#d6f2e6", "#0a5540"],
  good: "#1a7f37",
  networks: {
    management: ["#0969da", "#e3effd"],
    tunnel: ["#8250df", "#f1eafd"],
    provider: ["#bc4c00", "#fdeee3"],
    external: ["#59636e", "#eceff2"],
  },
};

const DARK: Palette = {
  paper: "#0d1117",
  ink: "#e6edf3",
  faint: "#9aa5b1",
  box: "#151b23",
  edge: "#3d444d",
  chip: "#262d36",
  added: ["#12382d", "#7ee2c0"],
  good: "#3fb950",
  networks: {
    management: ["#58a6ff", "#10263f"],
    tunnel: ["#bc8cff", "#261c3f"],
    provider: ["#f0883e", "#361f10"],
    external: ["#9aa5b1", "#20262d"],
  },
};

const colours = (palette: Palette): string =>
  [
    rule("paper", `fill:${palette.paper}`),
    rule("headline, place, address", `fill:${palette.ink}`),
    rule("subtitle, note, device", `fill:${palette.faint}`),
    rule("stands", `fill:${palette.good}`),
    rule("box", `fill:${palette.box};stroke:${palette.edge}`),
    rule("link", `stroke:${palette.faint}`),
    rule("chip", `fill:${palette.chip}`),
    rule("chip-text", `fill:${palette.ink}`),
    rule("chip.added", `fill:${palette.added[0]}`),
    rule("chip-text.added", `fill:${palette.added[1]}`),
    rule("chip.open", `fill:none;stroke:${palette.edge}`),
    rule("bridge", `fill:${palette.paper};stroke:${palette.faint}`),
    rule("wire", `stroke:${palette.faint}`),
    ...Object.entries(palette.networks).flatMap(([name, [line, bar]]) => [
      rule(`band.net-${name}, tab.net-${name}`, `fill:${bar};stroke:${line}`),
      rule(`leg.net-${name}, wire.net-${name}, bridge.net-${name}`, `stroke:${line}`),
      rule(`dot.net-${name}, band-title.net-${name}`, `fill:${line}`),
    ]),
    rule("band.idle, tab.idle", `fill:${palette.paper}`),
  ].join("\n");

/** A rule for some classes, inside this drawing alone: several may stand in one page. */
function rule(classes: string, declarations: string): string {
  const selectors = classes.split(", ").map((name) => `.topology .${name}`);
  return `${selectors.join(",")}{${declarations}}`;
}

const SHAPES = [
  `.topology text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}`,
  `.topology .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",monospace}`,
  rule("headline", `font-size:${FONT.headline}px;font-weight:600`),
  rule("subtitle", `font-size:${FONT.subtitle}px`),
  rule("place", `font-size:${FONT.place}px;font-weight:600`),
  rule("note", `font-size:${FONT.note}px`),
  rule("chip-text", `font-size:${FONT.chip}px;text-anchor:middle`),
  rule("address", `font-size:${FONT.address}px`),
  rule("device", `font-size:${FONT.device}px`),
  rule("band-title", `font-size:${FONT.band}px;font-weight:600`),
  rule("middle", "text-anchor:middle"),
  rule("end", "text-anchor:end"),
  rule("leg, wire, link", "fill:none;stroke-width:2"),
  rule("idle, open, absent", "stroke-dasharray:4 4"),
  rule("leg.idle, tab.idle", "stroke-opacity:.55"),
  rule("dot.idle", "fill-opacity:.7"),
].join("\n");

/** Light, and dark where the reader's device is. */
export const STYLE = `${SHAPES}\n${colours(LIGHT)}\n@media (prefers-color-scheme:dark){\n${colours(DARK)}\n}`;
