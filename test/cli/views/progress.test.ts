import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context, Sink } from "../../../src/cli/context.ts";
import { showProgress } from "../../../src/cli/views/progress.ts";
import { Screen } from "../../../src/cli/views/screen.ts";
import { finished, plan, started } from "./events.ts";

/** Remembers what is written to it. */
function sink(parts: Partial<Sink> = {}): Sink & { taken: () => string } {
  let text = "";
  return {
    ...parts,
    write: (more) => {
      text += more;
    },
    taken: () => {
      const all = text;
      text = "";
      return all;
    },
  };
}

function world(parts: Partial<Sink> = {}) {
  const [stdout, stderr] = [sink(), sink(parts)];
  const exits: (() => void)[] = [];
  const onExit: Context["onExit"] = (act) => {
    exits.push(act);
    return () => exits.splice(exits.indexOf(act), 1);
  };
  return { context: { stdout, stderr, env: {}, onExit } as unknown as Context, stdout, stderr, exits };
}

const frame = { nodes: ["control"], verb: "up" } as const;

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

describe("without a terminal", () => {
  it("is silent for less than five seconds", () => {
    const { context, stderr } = world();
    const progress = showProgress(context, false, frame);
    progress.event(started("nova/start@control", Date.now()));
    vi.advanceTimersByTime(3_900);
    expect(stderr.taken()).toBe("");
    for (let beat = 0; beat < 5; beat++) {
      vi.advanceTimersByTime(4_500);
      expect(stderr.taken()).toContain("running: nova/start on control");
    }
    progress.end();
    vi.advanceTimersByTime(60_000);
    expect(stderr.taken()).toBe("");
  });

  it("puts off the sign of life when something was shown", () => {
    const { context, stderr } = world();
    const progress = showProgress(context, false, frame);
    progress.event(started("nova/start@control", Date.now()));
    vi.advanceTimersByTime(3_000);
    progress.event(finished("nova/start@control", 3));
    expect(stderr.taken()).toBe("✔ control  nova/start  Do nova/start  3.0 s\n");
    vi.advanceTimersByTime(3_800);
    expect(stderr.taken()).toBe("");
    progress.end();
  });
});

it("with --json writes every event and heartbeats, a line each, on stdout", () => {
  const { context, stdout, stderr } = world();
  const progress = showProgress(context, true, frame);
  const event = started("nova/start@control", Date.now());
  progress.event(plan(3));
  progress.event(event);
  vi.advanceTimersByTime(4_100);
  progress.say("Interrupted");
  progress.end();
  const lines = stdout
    .taken()
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
  expect(lines).toEqual([
    plan(3),
    event,
    { type: "heartbeat", done: 0, total: 3, running: ["nova/start@control"], at: 1_004_000 },
  ]);
  expect(stderr.taken()).toBe("Interrupted\n");
});

describe("on a terminal", () => {
  it("redraws at least four times a second, also when nothing happens", () => {
    const { context, stderr } = world({ isTTY: true, columns: 80 });
    const progress = showProgress(context, false, frame);
    progress.event(started("nova/start@control", Date.now()));
    vi.advanceTimersByTime(200);
    stderr.taken();
    for (let quarter = 0; quarter < 8; quarter++) {
      vi.advanceTimersByTime(250);
      expect(stderr.taken()).toContain("nova/start");
    }
    progress.end();
  });

  it("uses plain lines on a dumb one", () => {
    const { context, stderr } = world({ isTTY: true });
    showProgress({ ...context, env: { TERM: "dumb" } }, false, frame).end();
    expect(stderr.taken()).toBe("");
  });
});

describe("the screen", () => {
  it("replaces the live lines in place and leaves the lasting ones", () => {
    const { context, stderr } = world({ isTTY: true, columns: 80 });
    const screen = new Screen(stderr, context);
    expect(stderr.taken()).toBe("\u001b[?25l");
    screen.draw([], ["one", "two"]);
    expect(stderr.taken()).toBe("\rone\u001b[K\ntwo\u001b[K\n\u001b[0J");
    screen.draw(["done"], ["one"]);
    expect(stderr.taken()).toBe("\u001b[2A\rdone\u001b[K\none\u001b[K\n\u001b[0J");
    screen.close();
    expect(stderr.taken()).toBe("\u001b[1A\r\u001b[0J\u001b[?25h");
  });

  it("counts the rows of lines that have wrapped since", () => {
    const terminal = { isTTY: true, columns: 80 };
    const { context, stderr } = world();
    const screen = new Screen(Object.assign(stderr, terminal), context);
    screen.draw([], ["x".repeat(70), "y"]);
    Object.assign(stderr, { columns: 30 });
    stderr.taken();
    screen.draw([], []);
    expect(stderr.taken()).toContain("\u001b[4A");
  });

  it("draws no more than the terminal is high", () => {
    const { context, stderr } = world({ isTTY: true, columns: 80, rows: 5 });
    const screen = new Screen(stderr, context);
    stderr.taken();
    screen.draw([], ["1", "2", "3", "4", "5"]);
    expect(stderr.taken()).toBe("\r3\u001b[K\n4\u001b[K\n5\u001b[K\n\u001b[0J");
  });

  it("gives the cursor back when the process ends in the middle", () => {
    const { context, stderr, exits } = world({ isTTY: true });
    const screen = new Screen(stderr, context);
    stderr.taken();
    for (const act of exits) act();
    expect(stderr.taken()).toBe("\u001b[?25h");
    screen.close();
    expect(exits).toEqual([]);
  });
});
