import type { CheckResult } from "../../verify/results.ts";
import type { Context } from "../context.ts";
import { checkJson, checkLines, type Titles } from "./check.ts";
import { Screen } from "./screen.ts";
import { writeJson } from "./show.ts";
import { type Style, styleFor } from "./style.ts";
import { clean, elapsed, shorten } from "./text.ts";

/** What is known at the end of a round. */
interface Seen {
  /** All that is known, in course order. */
  readonly results: readonly CheckResult[];
  readonly changed: readonly CheckResult[];
  /** Failures that no other failure explains. */
  readonly rootCauses: readonly CheckResult[];
  /** All checks ran, not only those that failed before. */
  readonly whole: boolean;
  /** Seconds until the next round. */
  readonly rest: number;
}

/** One way to show `verify --watch`. */
interface WatchView {
  readonly looking: (whole: boolean) => void;
  readonly checked: (result: CheckResult) => void;
  readonly seen: (seen: Seen) => void;
  readonly end: () => void;
}

/** Milliseconds between two updates while nothing happens: the seconds count down. */
const TICK = 1_000;

/** JSON lines with `--json`, live lines on a terminal, else a line for each change. */
export function watchView(context: Context, json: boolean, stack: string, titles: Titles): WatchView {
  if (json) return jsonView(context, titles);
  const live = context.stdout.isTTY === true && context.env.TERM !== "dumb";
  return live ? pictureView(context, stack, titles) : lineView(context, titles);
}

function jsonView({ stdout }: Context, titles: Titles): WatchView {
  return {
    looking: () => {},
    checked: () => {},
    seen: ({ results, changed, whole }) => {
      for (const result of changed) writeJson(stdout, { type: "check", ...checkJson(result, titles) });
      const ok = results.filter((result) => result.ok).length;
      writeJson(stdout, {
        type: "round",
        whole,
        ok,
        failed: results.length - ok,
        changed: changed.length,
        at: Date.now(),
      });
    },
    end: () => {},
  };
}

function lineView({ stdout, env }: Context, titles: Titles): WatchView {
  const style = styleFor(stdout, env);
  let said = "";
  return {
    looking: () => {},
    checked: () => {},
    seen: ({ results, changed }) => {
      for (const result of changed) {
        if (result.fault === "not-done") continue;
        const [head = "", ...more] = checkLines(result, titles, style);
        stdout.write(`${[`${clock()}  ${head}`, ...more].join("\n")}\n`);
      }
      const now = counts(results);
      if (now !== said) stdout.write(`${clock()}  ${now}\n`);
      said = now;
    },
    end: () => {},
  };
}

function pictureView(context: Context, stack: string, titles: Titles): WatchView {
  const { stdout, env } = context;
  const screen = new Screen(stdout, context);
  const style = styleFor(stdout, env);
  let latest: Seen | undefined;
  let busy: { whole: boolean; count: number } | undefined;
  let until = 0;
  const draw = (lasting: readonly string[] = []): void => {
    const lines = [
      `${stack}  ${latest === undefined ? "" : `${counts(latest.results)}  `}${style.faint(whatNow(busy, until))}`,
      ...broken(latest, titles, style),
    ];
    const kept = lines.length > screen.height ? [...lines.slice(0, screen.height - 1), "…"] : lines;
    screen.draw(
      lasting,
      kept.map((line) => fitted(line, screen.width)),
    );
  };
  const timer = setInterval(() => draw(), TICK);
  return {
    looking: (whole) => {
      busy = { whole, count: 0 };
      draw();
    },
    checked: () => {
      if (busy !== undefined) busy.count += 1;
    },
    seen: (seen) => {
      const first = latest === undefined;
      latest = seen;
      busy = undefined;
      until = Date.now() + seen.rest * 1000;
      draw(first ? [] : seen.changed.map((result) => changeLine(result, style, screen.width)));
    },
    end: () => {
      clearInterval(timer);
      screen.close();
      if (latest !== undefined) stdout.write(`${stack}  ${counts(latest.results)}\n`);
    },
  };
}

const whatNow = (busy: { whole: boolean; count: number } | undefined, until: number): string =>
  busy === undefined
    ? `looking again in ${elapsed((until - Date.now()) / 1000)}; Ctrl-C ends`
    : `looking${busy.whole ? "" : " at what is broken"}: ${busy.count} checks so far`;

/** Root causes in full, and the number of the other failures. */
function broken(seen: Seen | undefined, titles: Titles, style: Style): string[] {
  if (seen === undefined) return [];
  const shown = seen.rootCauses.filter(({ fault }) => fault !== "not-done");
  const failed = seen.results.filter(({ ok, fault }) => !ok && fault !== "not-done").length;
  const next = seen.results.find(({ fault }) => fault === "not-done");
  return [
    ...shown.flatMap((result) => ["", ...checkLines(result, titles, style)]),
    ...(failed > shown.length ? ["", `${failed - shown.length} more fail because of these.`] : []),
    ...(next === undefined
      ? []
      : ["", `Not done yet, next: ${next.step}  ${titles.get(next.step) ?? ""}`.trimEnd()]),
  ];
}

/** `212 ok, 3 failed, 17 not done yet` */
function counts(results: readonly CheckResult[]): string {
  const open = results.filter(({ fault }) => fault === "not-done").length;
  const ok = results.filter((result) => result.ok).length;
  const failed = results.length - ok - open;
  return [`${ok} ok`, `${failed} failed`, ...(open > 0 ? [`${open} not done yet`] : [])].join(", ");
}

/** A line that stays on the terminal. */
function changeLine({ ok, node, check, seen }: CheckResult, style: Style, width: number): string {
  const text = shorten(`${node}  ${check}${ok ? "" : `: ${clean(seen)}`}`, width - 12);
  return `${clock()}  ${ok ? style.good("✔") : style.bad("✘")} ${text}`;
}

/** Cuts off a line that is too wide. A line with colours is short enough. */
const fitted = (line: string, width: number): string =>
  line.includes("\u001b") ? line : shorten(line, width);

const clock = (): string => new Date().toTimeString().slice(0, 8);
