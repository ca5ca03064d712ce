import { one } from "../measure/markdown.ts";
import { median } from "../measure/numbers.ts";
import type { Figures, MeasuredLab } from "./figures.ts";

/** One line of the table. */
interface Row {
  readonly what: string;
  /** @returns undefined where it was not measured, empty where it does not apply to the lab */
  readonly measured: (lab: MeasuredLab) => string | undefined;
  /** Lab → aim, on a machine with two cores. */
  readonly aims?: Readonly<Record<string, string>>;
}

const inBoth = (aim: string): { lab001: string; lab002: string } => ({ lab001: aim, lab002: aim });

const seconds = (value: number | undefined): string | undefined =>
  value === undefined ? undefined : `${one(value)} s`;

/** The time as a share of the sequential one. */
const share =
  (name: "parallel" | "baked") =>
  ({ figures }: MeasuredLab): string | undefined => {
    const [part, whole] = [figures[name], figures.sequential];
    return part && whole && (part.seconds / whole.seconds).toFixed(2);
  };

/** The median, and all values. */
function spread(values: readonly number[] | undefined): string | undefined {
  if (values === undefined) return undefined;
  return `${one(median(values))} s (${values.map(one).join(", ")})`;
}

const memoryOf =
  (node: string) =>
  ({ figures: { memory } }: MeasuredLab): string | undefined =>
    memory && (node in memory ? `${memory[node]} MiB` : "");

function memoryOfAll({ memory }: Partial<Figures>): string | undefined {
  if (memory === undefined) return undefined;
  const mib = Object.values(memory).reduce((sum, value) => sum + value, 0);
  return `${((mib * 2 ** 20) / 1e9).toFixed(2)} GB`;
}

function sizes({ bake }: Partial<Figures>): string | undefined {
  return bake?.images
    .map(({ purpose, bytes }) => `${purpose.replace(/ of .*/, "")} ${one(bytes / 2 ** 30)} GiB`)
    .join(", ");
}

/** @param nodes names of all nodes of all labs */
export const rows = (nodes: readonly string[]): Row[] => [
  { what: "`lab up`, in parallel", measured: ({ figures }) => seconds(figures.parallel?.seconds) },
  { what: "`lab up --sequential`", measured: ({ figures }) => seconds(figures.sequential?.seconds) },
  {
    what: "parallel / sequential",
    measured: share("parallel"),
    aims: { lab001: "at most 0.60", lab002: "at most 0.50" },
  },
  { what: "`lab up`, with baked images", measured: ({ figures }) => seconds(figures.baked?.seconds) },
  { what: "with baked images / sequential", measured: share("baked"), aims: { lab002: "at most 0.33" } },
  { what: "`lab image bake`, once", measured: ({ figures }) => seconds(figures.bake?.seconds) },
  { what: "size of the baked images", measured: ({ figures }) => sizes(figures) },
  {
    what: "`lab up` with nothing to do",
    measured: ({ figures }) => spread(figures["no-op"]),
    aims: inBoth("at most 6 s"),
  },
  { what: "`lab down`", measured: ({ figures }) => seconds(figures.down) },
  ...nodes.map((node) => ({ what: `memory of ${node}, idle`, measured: memoryOf(node) })),
  {
    what: "memory of all nodes, idle",
    measured: ({ figures }) => memoryOfAll(figures),
    aims: { lab001: "below 3 GB", lab002: "below 4.5 GB" },
  },
  {
    what: "`openstack server create` to first SSH login",
    measured: ({ figures, network }) => (network ? spread(figures.login) : ""),
    aims: { lab002: "within 20 s under emulation" },
  },
];
