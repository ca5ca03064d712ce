import { programText } from "../config/program-text.ts";
import type { Difference } from "./types.ts";

/**
 * A Python program that talks to the APIs of the cloud: the client, then the files of the program. It uses Python's own library alone, for
 * importing openstacksdk takes a second of processor time. All errors are a `Trouble` of one line without passwords and tokens.
 */
export const apiProgram = (...files: string[]): string =>
  [programText("actions/api_client.py"), ...files].join("\n\n\n");

/** An object of the cloud as it was seen: field → value. */
export type Fields = Readonly<Record<string, Value>>;
type Value = string | boolean | null | readonly string[];

/**
 * What differs between an object and its expected fields; others do not count.
 * @param seen null when there is no such object
 */
export function diffFields(what: string, seen: Fields | null | undefined, expected: Fields): Difference[] {
  if (!seen) return [{ what, expected: "exists", seen: "missing" }];
  return Object.entries(expected)
    .map(([name, value]) => ({
      what: `${name} of ${what}`,
      expected: show(value),
      seen: show(seen[name] ?? null),
    }))
    .filter((pair) => pair.expected !== pair.seen);
}

function show(value: Value): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (value === null) return "none";
  return typeof value === "string" ? value : value.join(", ") || "none";
}

/** What a program printed as JSON in its last line; undefined when that is something else. */
export function lastLineAsJson<T>(text: string): T | undefined {
  try {
    return JSON.parse(lastLine(text)) as T;
  } catch {
    return undefined;
  }
}

/** The difference of a service whose program printed no JSON. */
export const noAnswer = (service: string, text: string): Difference[] => [
  { what: service, expected: "an answer", seen: lastLine(text) || "no answer" },
];

const lastLine = (text: string): string => text.trim().split("\n").at(-1) ?? "";
