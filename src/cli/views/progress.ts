import type { RunEvent } from "../../run/events.ts";
import type { Context } from "../context.ts";
import { finishedLine } from "./finished.ts";
import type { Frame } from "./frame.ts";
import { SILENCE, TICK } from "./heartbeat.ts";
import { heartbeatLine, liveLines } from "./live.ts";
import { Screen } from "./screen.ts";
import { writeJson } from "./show.ts";
import { NOTHING_YET, type RunState, reduce } from "./state.ts";
import { styleFor } from "./style.ts";

/** How a run is shown while it goes on. */
export interface Progress {
  readonly event: (event: RunEvent) => void;
  /** Prints a line between the lines of progress. */
  readonly say: (text: string) => void;
  /** Ends the view. @returns all that was learnt */
  readonly end: () => RunState;
}

/** One way to show a run. Views keep neither time nor state. */
interface View {
  /** @returns whether anything was shown */
  event(event: RunEvent, before: RunState, after: RunState): boolean;
  say(text: string): void;
  /** Called at each tick. */
  tick(state: RunState, silent: boolean): boolean;
  end(): void;
}

/** JSON lines with `--json`, live lines on a terminal, else plain lines. */
export function showProgress(context: Context, json: boolean, frame: Omit<Frame, "style">): Progress {
  const began = Date.now();
  const styled = { ...frame, style: styleFor(context.stderr, context.env) };
  const live = context.stderr.isTTY === true && context.env.TERM !== "dumb" && !frame.asks;
  const view = json
    ? jsonView(context)
    : live
      ? liveView(context, styled, began)
      : plainView(context, styled, began);
  let state = NOTHING_YET;
  let last = began;
  const shown = (something: boolean): void => {
    if (something) last = Date.now();
  };
  const timer = setInterval(() => shown(view.tick(state, Date.now() - last >= SILENCE)), TICK);
  return {
    event: (event) => {
      const before = state;
      state = reduce(state, event);
      shown(view.event(event, before, state));
    },
    say: (text) => {
      view.say(text);
      shown(true);
    },
    end: () => {
      clearInterval(timer);
      view.end();
      return state;
    },
  };
}

function jsonView({ stdout, stderr }: Context): View {
  return {
    event: (event) => {
      writeJson(stdout, event);
      return true;
    },
    say: (text) => stderr.write(`${text}\n`),
    tick: (state, silent) => {
      if (!silent) return false;
      const running = state.running.map((item) => item.name);
      writeJson(stdout, {
        type: "heartbeat",
        done: state.done.size,
        total: state.total,
        running,
        at: Date.now(),
      });
      return true;
    },
    end: () => {},
  };
}

function plainView({ stderr }: Context, frame: Frame, began: number): View {
  const write = (line: string | undefined): boolean => {
    if (line !== undefined) stderr.write(`${line}\n`);
    return line !== undefined;
  };
  return {
    event: (event, before) => write(finishedLine(before, event, frame)),
    say: write,
    tick: (state, silent) =>
      silent &&
      !(frame.asks && state.running.length === 0) &&
      write(heartbeatLine(state, frame, Date.now(), began)),
    end: () => {},
  };
}

function liveView(context: Context, frame: Frame, began: number): View {
  const screen = new Screen(context.stderr, context);
  const draw = (lasting: string[], state: RunState): true => {
    screen.draw(lasting, liveLines(state, { ...frame, width: screen.width }, Date.now(), began));
    return true;
  };
  let latest = NOTHING_YET;
  return {
    event: (event, before, after) => {
      latest = after;
      const line = finishedLine(before, event, { ...frame, width: screen.width });
      return line !== undefined && draw([line], after);
    },
    say: (text) => draw([text], latest),
    tick: (state) => draw([], state),
    end: () => screen.close(),
  };
}
