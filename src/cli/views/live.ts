import { type Frame, nodeColumn, titleOf } from "./frame.ts";
import type { RunState } from "./state.ts";
import { clean, elapsed, shorten } from "./text.ts";

const SPINNER = [..."⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"];
/** Milliseconds for each picture of the spinner. */
const TURN = 200;
/** Columns for an elapsed time: `12 min 05 s`. */
const TIME = 11;

/** The live lines: what runs on each node, on this machine if something does, and the progress of the whole run. */
export function liveLines(state: RunState, frame: Frame, now: number, began: number): string[] {
  const spinner = SPINNER[Math.floor(now / TURN) % SPINNER.length] ?? "";
  const cut = (text: string): string => (frame.width === undefined ? text : shorten(text, frame.width));
  const row = (name: string, since: number, text: string): string =>
    cut(`${spinner} ${name}  ${elapsed((now - since) / 1000).padStart(TIME)}  ${text}`);

  const places: (string | undefined)[] = [...frame.nodes];
  if (runningOn(state, frame, undefined).length > 0) places.unshift(undefined);
  const lines = places.map((place) => {
    const running = runningOn(state, frame, place);
    const [first] = running;
    const name = nodeColumn(frame, place);
    return first === undefined
      ? frame.style.faint(cut(`  ${name}  ${"".padStart(TIME)}  waiting`))
      : row(name, first.at, `${whatRuns(running)}${lastWords(state, first)}`);
  });
  return [...lines, row(nodeColumn(frame, "whole"), began, howFar(state, frame))];
}

/** A line for output that is no terminal: the run goes on, although nothing was printed for a while. */
export function heartbeatLine(state: RunState, frame: Frame, now: number, began: number): string {
  const running = state.running.map((item) => {
    const place = item.node === undefined ? "" : ` on ${item.node}`;
    return `${item.step ?? titleOf(item)}${place} ${elapsed((now - item.at) / 1000)}${lastWords(state, item)}`;
  });
  const doing = running.length > 0 ? `; running: ${running.slice(0, 4).join(", ")}` : "";
  const more = running.length > 4 ? ` and ${running.length - 4} more` : "";
  return `… ${elapsed((now - began) / 1000)}, ${howFar(state, frame)}${doing}${more}`;
}

/** `42 of 140 done, 98 left` */
export function howFar(state: RunState, { verb }: Frame): string {
  if (verb === "down") return `${state.counts.delete} removed`;
  if (verb === "bake")
    return `${state.counts.create + state.counts.unchanged} of ${state.total} images there`;
  if (state.total === 0) return `${state.done.size} done`;
  const done = Math.min(state.done.size, state.total);
  const looked = verb === "preview" ? "looked at" : "done";
  return `${done} of ${state.total} ${looked}, ${state.total - done} left`;
}

/** What runs on a node, or on none of the known nodes. */
const runningOn = (state: RunState, frame: Frame, node: string | undefined): RunState["running"] =>
  state.running.filter((item) =>
    item.node !== undefined && frame.nodes.includes(item.node) ? item.node === node : node === undefined,
  );

/** The last line that a hardware resource printed: an image takes minutes. For a step, the title is enough. */
function lastWords(state: RunState, item: RunState["running"][number]): string {
  const said = item.step === undefined ? state.tails[item.name]?.at(-1) : undefined;
  return said === undefined ? "" : ` (${clean(said)})`;
}

/** The oldest in full, and the names of the others. */
function whatRuns([first, ...others]: RunState["running"]): string {
  if (first === undefined) return "";
  const names = others.map((item) => item.step ?? titleOf(item));
  const more = names.length > 0 ? `  + ${names.join(", ")}` : "";
  return `${[first.step, titleOf(first)].filter(Boolean).join("  ")}${more}`;
}
