import type { RunEvent } from "../../run/events.ts";
import { type Frame, nodeColumn, titleOf } from "./frame.ts";
import { type RunState, startOf } from "./state.ts";
import { clean, duration, shorten, widthOf } from "./text.ts";

/** What is no step and took less (seconds) is not worth a line of its own. */
const WORTH_A_LINE = 1;

/**
 * The line that a finished or failed resource leaves behind, or what was found before.
 * @param state the one before the event
 * @returns undefined for what was as it should be, and for trifles
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

/** What was kept can be gone back to; what could not be kept is no reason to stop. */
function checkpointLine(event: Extract<RunEvent, { type: "checkpoint" }>, frame: Frame): string {
  const head = `${nodeColumn(frame, undefined)}  checkpoint ${event.name}`;
  if (event.problem === undefined) return line(frame, frame.style.faint("●"), head, duration(event.seconds));
  return line(frame, frame.style.bad("✘"), `${head}: ${clean(event.problem)}`, "not kept");
}

/** What no longer holds, before it is mended: all of it is told by `preview`. */
function driftLine({ node, step, differences }: Extract<RunEvent, { type: "drift" }>, frame: Frame): string {
  const [first, ...others] = differences;
  const more = others.length > 0 ? ` and ${others.length} more` : "";
  const what = first === undefined ? "" : clean(`${first.what}: ${first.seen}${more}`);
  const text = `${frame.style.bad("≠")} ${nodeColumn(frame, node)}  ${step}  no longer holds: ${what}`;
  return frame.width === undefined ? text : shorten(text, frame.width);
}

/** The time always stays; the rest is cut off where the line is too narrow. */
function line(frame: Frame, mark: string, head: string, time: string): string {
  const room = frame.width === undefined ? widthOf(head) : frame.width - widthOf(time) - 4;
  return `${mark} ${shorten(head, room)}  ${frame.style.faint(time)}`;
}
