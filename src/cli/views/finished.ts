import type { RunEvent } from "../../run/events.ts";
import { type Frame, nodeColumn, titleOf } from "./frame.ts";
import { type RunState, startOf } from "./state.ts";
import { clean, duration, shorten, widthOf } from "./text.ts";

/** Seconds that a resource must take to get a line of its own, if it is no step. */
const WORTH_A_LINE = 1;

/**
 * The line for a resource that is done or failed, for a drift, a checkpoint, or something found before the run.
 * @param state before the event
 * @returns undefined for a resource that was up to date or took no time
 */
export function finishedLine(state: RunState, event: RunEvent, frame: Frame): string | undefined {
  if (event.type === "found") return event.text;
  if (event.type === "checkpoint") return checkpointLine(event, frame);
  if (event.type === "drift") return driftLine(event, frame);
  if (event.type !== "done" && event.type !== "failed") return undefined;
  const start = startOf(state, event.name);
  const title = start === undefined ? "" : titleOf(start);
  const what = event.step === undefined ? title || event.name : `${event.step}  ${title}`;
  const head = `${nodeColumn(frame, event.node)}  ${what.trimEnd()}`;
  if (event.type === "failed") {
    const seconds = start === undefined ? 0 : (event.at - start.at) / 1000;
    return line(frame, frame.style.bad("✘"), head, `failed after ${duration(seconds)}`);
  }
  if (!event.changed || start === undefined) return undefined;
  if (event.step === undefined && event.seconds < WORTH_A_LINE) return undefined;
  return line(frame, frame.style.good("✔"), head, duration(event.seconds));
}

/** A checkpoint that could not be saved does not end the run. */
function checkpointLine(event: Extract<RunEvent, { type: "checkpoint" }>, frame: Frame): string {
  const head = `${nodeColumn(frame, undefined)}  checkpoint ${event.name}`;
  if (event.problem === undefined) return line(frame, frame.style.faint("●"), head, duration(event.seconds));
  return line(frame, frame.style.bad("✘"), `${head}: ${clean(event.problem)}`, "not kept");
}

/** A drifted step, with its first difference. `lab preview` shows all of them. */
function driftLine({ node, step, differences }: Extract<RunEvent, { type: "drift" }>, frame: Frame): string {
  const [first, ...others] = differences;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const what = first === undefined ? "" : clean(`${first.what}: ${first.seen}${more}`);
  const text = `${frame.style.bad("≠")} ${nodeColumn(frame, node)}  ${step}  no longer holds: ${what}`;
  return frame.width === undefined ? text : shorten(text, frame.width);
}

/** Cuts off everything but the time when the line is too narrow. */
function line(frame: Frame, mark: string, head: string, time: string): string {
  const room = frame.width === undefined ? widthOf(head) : frame.width - widthOf(time) - 4;
  return `${mark} ${shorten(head, room)}  ${frame.style.faint(time)}`;
}
