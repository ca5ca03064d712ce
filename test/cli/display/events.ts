import type { LabEvent } from "../../../src/run/events.ts";

type Place = { step?: string; node?: string };

/** `keystone/start@control` is a step on a node, all else is none. */
function place(name: string): Place {
  const [id = "", node] = name.split("@");
  return { ...(id.includes("/") && node !== undefined && { step: id }), ...(node !== undefined && { node }) };
}

type Operation = Extract<LabEvent, { type: "started" }>["operation"];

export const plan = (total: number): LabEvent => ({ type: "plan", total });
export const started = (
  name: string,
  at = 0,
  operation: Operation = "create",
  title = `Do ${name.split("@")[0]}`,
): LabEvent => ({
  type: "started",
  name,
  ...place(name),
  title,
  operation,
  at,
});
export const output = (name: string, text: string): LabEvent => ({ type: "output", name, text });
export const finished = (name: string, seconds: number, changed = true): LabEvent => ({
  type: "done",
  name,
  ...place(name),
  changed,
  seconds,
  at: seconds * 1000,
});
export const failed = (name: string, at = 0): LabEvent => ({
  type: "failed",
  name,
  ...place(name),
  message: "exit code 1",
  at,
});
export const kept = (problem?: string): LabEvent => ({
  type: "checkpoint",
  name: "after-keystone",
  seconds: 0.4,
  at: 0,
  ...(problem === undefined ? {} : { problem }),
});
