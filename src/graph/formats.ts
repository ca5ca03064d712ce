import { dot } from "./dot.ts";
import { mermaid } from "./mermaid.ts";
import { svg } from "./svg/index.ts";
import type { Topology } from "./types.ts";

/** Every way to draw a topology, by the name that `--format` takes. */
export const FORMATS: Readonly<Record<string, (topology: Topology) => string>> = { svg, dot, mermaid };
