import { slowest } from "../../src/cli/views/critical-path.ts";
import { code, one, table } from "../measure/markdown.ts";
import type { Timed, Up } from "../measure/up.ts";
import type { MeasuredLab } from "./figures.ts";
import { rows } from "./rows.ts";

/** The figures for the page. */
export interface Measured {
  /** The day of the newest figure. */
  readonly date: string;
  readonly machine: string;
  /** The commit or commits that were measured. */
  readonly source: string;
  readonly labs: readonly MeasuredLab[];
}

const SLOWEST = 25;

/** docs/performance.md. */
export function page({ date, machine, source, labs }: Measured): string {
  const nodes = [...new Set(labs.flatMap(({ figures }) => Object.keys(figures.memory ?? {})))].sort();
  return [
    "# Performance",
    `Made by \`scripts/benchmark\` on ${date}, of ${source}: ${machine}. Package cache and node image were warm. Times are of the whole`,
    "command; of several runs, the median. Memory is the proportional set size of all processes of a node, servers included, two minutes",
    "after the build. Aims are for a machine with two cores. A server's port and floating address exist before it is created.",
    "",
    table(
      ["what", ...labs.flatMap(({ id }) => [title(id), "aim"])],
      rows(nodes).map(({ what, measured, aims }) => [
        what,
        ...labs.flatMap((lab) => [measured(lab) ?? "not measured", aims?.[lab.id] ?? ""]),
      ]),
    ),
    ...labs.flatMap(times),
    "",
  ].join("\n");
}

/** `Lab001` */
const title = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** The sections on the steps that take the most time. */
function times({ id, figures: { parallel, sequential, baked } }: MeasuredLab): string[] {
  if (parallel === undefined) return [];
  const total = parallel.criticalPath.reduce((sum, step) => sum + step.seconds, 0);
  return [
    "",
    `## ${title(id)}: the critical path, in parallel`,
    `${one(total)} s of ${one(parallel.seconds)} s.`,
    "",
    table(
      ["step", "seconds"],
      parallel.criticalPath.map(({ name, seconds }) => [code(name), one(seconds)]),
    ),
    "",
    `## ${title(id)}: the ${SLOWEST} slowest steps`,
    "In parallel, a step takes longer because it shares the processors.",
    "",
    table(
      ["step", "in parallel, s", "alone, s", "with baked images, s"],
      slowest(parallel.steps.map(withoutOrder), SLOWEST).map(({ name, seconds }) => [
        code(name),
        one(seconds),
        timeIn(sequential, name),
        timeIn(baked, name),
      ]),
    ),
  ];
}

const withoutOrder = (step: Timed): Timed & { after: [] } => ({ ...step, after: [] });

const timeIn = (up: Up | undefined, name: string): string => {
  const seconds = up?.steps.find((step) => step.name === name)?.seconds;
  return seconds === undefined ? "" : one(seconds);
};
