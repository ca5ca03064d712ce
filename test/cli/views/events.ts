import type { RunEvent, StartedEvent } from "../../../src/run/events.ts";

type Place = { step?: string; node?: string };

/** `keystone/start@control` is a step on a node, all else is none. */
function place(name: string): Place {
  const [id = "", node] = name.split("@");
  return { ...(id.includes("/") && node !== undefined && { step: id }), ...(node !== undefined && { node }) };
}

type Operation = StartedEvent["operation"];

export const plan = (total: number): RunEvent => ({ type: "plan", total, at: 0 });
export const started = (
  name: string,
  at = 0,
  operation: Operation = "create",
  title = `Do ${name.split("@")[0]}`,
): RunEvent => ({
  type: "started",
  name,
  ...place(name),
  title,
  operation,
  at,
});
export const output = (name: string, text: string): RunEvent => ({ type: "output", name, text, at: 0 });
export const finished = (name: string, seconds: number, changed = true): RunEvent => ({
  type: "done",
  name,
  ...place(name),
  changed,
  seconds,
  at: seconds * 1000,
});
export const failed = (name: string, at = 0): RunEvent => ({
  type: "failed",
  name,
  ...place(name),
  message: "exit code 1",
  seconds: 0,
  at,
});
export const kept = (problem?: string): RunEvent => ({
  type: "checkpoint",
  name: "after-keystone",
  seconds: 0.4,
  at: 0,
  ...(problem === undefined ? {} : { problem }),
});
