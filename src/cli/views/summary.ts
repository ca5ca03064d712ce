import { LAB } from "../../config/paths.ts";
import type { RunReport, RunStep } from "../../run/report.ts";
import { criticalPath, slowest } from "./critical-path.ts";
import type { RunState } from "./state.ts";
import type { Style } from "./style.ts";
import { duration, pad, shorten, widthOf } from "./text.ts";

const SLOWEST = 5;

/**
 * The end of `up`: what was done, and what took the time.
 * @param through the part that was built. @default the whole lab
 */
export function summary(
  stack: string,
  state: RunState,
  report: RunReport,
  style: Style,
  width?: number,
  through?: string,
): string[] {
  const time = duration(report.seconds);
  const { stoppedBefore } = report;
  if (report.ok && report.changed === 0 && stoppedBefore === undefined) {
    const what = through === undefined ? stack : `${stack} through ${through}`;
    return [`Nothing to change: all ${report.unchanged} parts of ${what} are as they should be (${time}).`];
  }
  const { create, update, replace, delete: removed } = state.counts;
  const counts = [
    `${create} created`,
    `${update + replace} changed`,
    ...(removed > 0 ? [`${removed} removed`] : []),
    `${report.unchanged} unchanged`,
    ...(report.failed.length > 0 ? [`${report.failed.length} failed`] : []),
  ];
  const reach = through === undefined ? "" : ` through ${through}`;
  const head =
    stoppedBefore !== undefined
      ? `${stack} was stopped before ${stoppedBefore}`
      : report.ok
        ? style.good(`${stack} is up${reach}`)
        : style.bad(`${stack} is not up${reach}`);
  const partly = through !== undefined || stoppedBefore !== undefined;
  const path = criticalPath(report.steps);
  const total = path.reduce((sum, step) => sum + step.seconds, 0);
  return [
    `${head}: ${counts.join(", ")}, in ${time}.`,
    ...(report.ok
      ? times(`The ${SLOWEST} slowest steps`, slowest(stepsOf(report), SLOWEST), style, width)
      : []),
    ...(report.ok ? times(`The critical path, ${duration(total)} of ${time}`, path, style, width) : []),
    ...(report.ok && partly ? ["", `Go on from here: ${LAB} up`] : []),
    ...(report.ok ? [...(partly ? [] : [""]), `Next: ${LAB} status, ${LAB} verify, ${LAB} ssh control`] : []),
  ];
}

/** Only steps of the course: downloads take long, but nothing waits for them. */
const stepsOf = (report: RunReport): RunStep[] => report.steps.filter((step) => step.step !== undefined);

function times(title: string, steps: readonly RunStep[], style: Style, width?: number): string[] {
  if (steps.length === 0) return [];
  const node = Math.max(...steps.map((step) => widthOf(step.node ?? "-")));
  const rows = steps.map((step) => {
    const what = [step.step, step.title].filter(Boolean).join("  ");
    const row = `${duration(step.seconds).padStart(13)}  ${pad(step.node ?? "-", node)}  ${what}`;
    return width === undefined ? row : shorten(row, width);
  });
  return ["", style.strong(title), ...rows];
}

/** The end of a run for programs. */
export function summaryJson(stack: string, state: RunState, report: RunReport): object {
  const short = (step: RunStep) => ({ name: step.name, seconds: step.seconds });
  const { failed, ...counts } = state.counts;
  return {
    type: "summary",
    stack,
    ok: report.ok,
    interrupted: report.interrupted,
    changed: report.changed,
    unchanged: report.unchanged,
    counts,
    failed: report.failed,
    seconds: report.seconds,
    slowest: slowest(stepsOf(report), SLOWEST).map(short),
    criticalPath: criticalPath(report.steps).map(short),
    logDirectory: report.logDirectory,
  };
}
