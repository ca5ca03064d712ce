import type { Event, Run } from "./run.ts";

/** All that was measured. Times are whole commands, in seconds. */
export interface Figures {
  readonly date: string;
  readonly machine: string;
  readonly parallel: Run;
  readonly sequential: Run;
  /** Several, for their median. */
  readonly noOp: readonly Run[];
  readonly down: Run;
  /** Node → MiB, two minutes after the build. */
  readonly memory: Readonly<Record<string, number>>;
}

const one = (seconds: number): string => seconds.toFixed(1);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** docs/performance.md. */
export function page(figures: Figures): string {
  const { parallel, sequential } = figures;
  const memory = Object.values(figures.memory).reduce((sum, value) => sum + value, 0);
  const rows: [string, string, string][] = [
    ["`lab up`, in parallel", `${one(parallel.seconds)} s`, ""],
    ["`lab up --sequential`", `${one(sequential.seconds)} s`, ""],
    ["parallel / sequential", (parallel.seconds / sequential.seconds).toFixed(2), "at most 0.6"],
    [
      "`lab up` with nothing to do",
      `${one(median(figures.noOp.map((run) => run.seconds)))} s`,
      "at most 6 s",
    ],
    ["`lab down`", `${one(figures.down.seconds)} s`, ""],
    ...Object.entries(figures.memory).map(([node, mib]): [string, string, string] => [
      `memory of ${node}, idle`,
      `${mib} MiB`,
      "",
    ]),
    ["memory of all nodes, idle", `${memory} MiB`, "below 3 GB"],
  ];
  return [
    "# Performance of Lab001",
    `Made by \`scripts/benchmark\` on ${figures.date}: ${figures.machine}. Package cache and node image were warm; times are those of the whole`,
    "command. Memory, two minutes after the build, is the proportional set size of all processes of a node, the running server included.",
    "",
    table(["what", "measured", "aim"], rows),
    "",
    "## The critical path, in parallel",
    "",
    table(
      ["step", "seconds"],
      (summaryOf(parallel)?.criticalPath ?? []).map((step) => [`\`${step.name}\``, one(step.seconds)]),
    ),
    "",
    "## Each step",
    "In parallel a step takes longer, as it shares the processors with others.",
    "",
    table(["step", "in parallel, s", "alone, s"], steps(parallel, sequential)),
    "",
  ].join("\n");
}

const summaryOf = (run: Run): Event | undefined => run.events.find((event) => event.type === "summary");

function steps(parallel: Run, sequential: Run): string[][] {
  const alone = times(sequential);
  return [...times(parallel)].map(([name, seconds]) => [
    `\`${name}\``,
    one(seconds),
    one(alone.get(name) ?? Number.NaN),
  ]);
}

function times(run: Run): Map<string, number> {
  const done = run.events.filter((event) => event.type === "done" && event.changed);
  return new Map(done.map((event) => [event.name ?? "", event.seconds ?? Number.NaN]));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
