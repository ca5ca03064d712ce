import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Context } from "../../../src/cli/context.ts";
import { clean } from "../../../src/cli/views/text.ts";
import { watchView } from "../../../src/cli/views/watch.ts";
import type { CheckResult, Fault } from "../../../src/verify/results.ts";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));
afterEach(() => vi.useRealTimers());

const result = (check: string, fault?: Fault): CheckResult => ({
  ...{ check, step: check.split(":")[0] ?? check, node: "control", ok: fault === undefined, seconds: 1 },
  ...{ expected: "active", seen: fault === undefined ? "as expected" : "stopped" },
  ...(fault === undefined ? {} : { fault }),
});

/** A terminal; `picture` is what is on it now below what stays. */
function terminal(rows = 40) {
  let text = "";
  const exits: (() => void)[] = [];
  const stdout = {
    isTTY: true,
    columns: 100,
    rows,
    write: (more: string) => {
      text += more;
    },
  };
  const onExit: Context["onExit"] = (act) => {
    exits.push(act);
    return () => exits.splice(exits.indexOf(act), 1);
  };
  const context = { stdout, env: { NO_COLOR: "1" }, onExit } as unknown as Context;
  const view = watchView(context, false, "mine", new Map([["a/start", "Start it"]]));
  const shown = (part: string): string[] => part.split("\n").map(clean).slice(0, -1);
  return {
    view,
    exits,
    all: () => text,
    picture: () => shown(text.slice(text.lastIndexOf("\r"))),
  };
}

const seen = (
  results: readonly CheckResult[],
  parts: Partial<Parameters<ReturnType<typeof watchView>["seen"]>[0]> = {},
) => ({
  results,
  changed: [],
  rootCauses: results.filter(({ ok }) => !ok),
  whole: true,
  rest: 5,
  ...parts,
});

it("shows what is broken in full, and counts the seconds", () => {
  const { view, picture } = terminal();
  view.looking(true);
  view.checked(result("a/start"));
  vi.advanceTimersByTime(1_000);
  expect(picture()).toEqual(["mine  looking: 1 checks so far"]);
  const cause = result("a/start", "step");
  view.seen(
    seen([cause, result("a/start:api", "check"), result("b/start", "not-done")], { rootCauses: [cause] }),
  );
  vi.advanceTimersByTime(2_000);
  expect(picture()).toEqual([
    "mine  0 ok, 2 failed, 1 not done yet  looking again in 3 s; Ctrl-C ends",
    "",
    "failed  control  a/start",
    "          step:     Start it",
    "          expected: active",
    "          seen:     stopped",
    "          read:     services/a.html#start (scripts/lab handbook)",
    "          go back:  scripts/lab redo a/start, else scripts/lab up",
    "",
    "1 more fail because of these.",
    "",
    "Not done yet, next: b/start",
  ]);
  view.end();
});

it("leaves a line for what changes, not for the first look", () => {
  const { view, picture } = terminal();
  const broken = result("a/start", "step");
  view.seen(seen([broken], { changed: [broken] }));
  expect(picture()[0]).toMatch(/^mine /);
  view.seen(seen([result("a/start")], { changed: [result("a/start")] }));
  expect(picture()[0]).toMatch(/^\d\d:\d\d:\d\d {2}✔ control {2}a\/start$/);
  expect(picture()[1]).toMatch(/^mine {2}1 ok, 0 failed/);
  view.end();
});

it("fits the terminal", () => {
  const { view, picture } = terminal(8);
  view.seen(seen(["a/one", "a/two", "a/three"].map((name) => result(name, "step"))));
  expect(picture()).toHaveLength(6);
  expect(picture().at(-1)).toBe("…");
  view.end();
});

it("leaves nothing behind: the cursor is there again, no timer runs, the last counts stand", () => {
  const { view, all, exits } = terminal();
  view.seen(seen([result("a/start")]));
  view.end();
  expect(vi.getTimerCount()).toBe(0);
  expect(exits).toEqual([]);
  expect(all().endsWith("\u001b[?25hmine  1 ok, 0 failed\n")).toBe(true);
});
