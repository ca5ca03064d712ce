import type { Topology } from "./types.ts";

/** The ways to draw a topology, by the names that `--format` takes. Each is loaded when it is used. */
export const FORMATS: Readonly<Record<string, () => Promise<(topology: Topology) => string>>> = {
  svg: async () => (await import("./svg/index.ts")).svg,
  dot: async () => (await import("./dot.ts")).dot,
  mermaid: async () => (await import("./mermaid.ts")).mermaid,
};
