import type { RunEvent } from "../../run/events.ts";

/** Last lines of a resource's output that are kept in case it fails. */
const TAIL = 15;

type Started = Extract<RunEvent, { type: "started" }>;

/** What is known of a run so far. Times are milliseconds since the epoch. */
export interface RunState {
  /** Number of resources in the run; 0 when it is not known. */
  readonly total: number;
  /** Names of the steps that are done, changed or not. */
  readonly done: ReadonlySet<string>;
  /** What is being worked on, in the order in which it began. */
  readonly running: readonly Started[];
  /** Resources of any kind. */
  readonly counts: { readonly [operation in Started["operation"] | "unchanged" | "failed"]: number };
  /** Last lines that each resource printed. */
  readonly tails: Readonly<Record<string, readonly string[]>>;
}

export const NOTHING_YET: RunState = {
  total: 0,
  done: new Set(),
  running: [],
  counts: { create: 0, update: 0, replace: 0, delete: 0, unchanged: 0, failed: 0 },
  tails: {},
};

/** The state after an event. */
export function reduce(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case "run":
    case "found":
    case "checkpoint":
    case "drift":
    case "check":
    case "ended":
      return state;
    case "plan":
      return { ...state, total: event.total };
    case "started":
      return { ...state, running: [...without(state, event.name), event] };
    case "output":
      return { ...state, tails: { ...state.tails, [event.name]: tail(state.tails[event.name], event.text) } };
    case "failed":
      return { ...state, running: without(state, event.name), counts: counted(state, "failed") };
    case "done": {
      const operation = event.changed ? startOf(state, event.name)?.operation : undefined;
      return {
        ...state,
        done: event.step === undefined ? state.done : new Set([...state.done, event.name]),
        running: without(state, event.name),
        counts: counted(state, operation ?? "unchanged"),
      };
    }
  }
}

/** The event with which something that runs began. */
export const startOf = (state: RunState, name: string): Started | undefined =>
  state.running.find((item) => item.name === name);

const without = (state: RunState, name: string): Started[] =>
  state.running.filter((item) => item.name !== name);

const counted = (state: RunState, what: keyof RunState["counts"]): RunState["counts"] => ({
  ...state.counts,
  [what]: state.counts[what] + 1,
});

const tail = (before: readonly string[] = [], text: string): string[] =>
  [...before, ...text.split("\n").filter((line) => line.trim() !== "")].slice(-TAIL);
