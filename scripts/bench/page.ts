import { slowest } from "../../src/cli/display/critical-path.ts";
import { code, one, table } from "../measure/markdown.ts";
import type { Timed, Up } from "../measure/up.ts";
import type { MeasuredLab } from "./figures.ts";
import { rows } from "./rows.ts";

/** What the page is made of. */
export interface Measured {
  /** The day of the newest figure. */
  readonly date: string;
  readonly machine: string;
  /** The commit that was measured, or several. */
  readonly source: string;
  readonly labs: readonly MeasuredLab[];
}

const SLOWEST = 25;

/** docs/performance.md. */
export function page({ date, machine, source, labs }: Measured): string {
  const nodes = [...new Set(labs.flatMap(({ figures }) => Object.keys(figures.memory ?? {})))].sort();
  return [
    "# Performance",
    `Made by \`scripts/benchmark\` on ${date}, of ${source}: ${machine}. Package cache and node image were warm; times are those of the`,
    "whole command, of several the middle one. Memory, two minutes after the build, is the proportional set size of all processes of a node,",
    "running servers included. Aims are those for a machine with two cores. A server's port and floating address are there before it is created.",
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

/** Where a lab's time goes. */
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
    "In parallel a step takes longer, as it shares the processors with others.",
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
