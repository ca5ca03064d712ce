import { cache, home } from "../../config/paths.ts";
import { NOT_UNDONE } from "../../hardware/kind.ts";
import { hardwareResource } from "../../hardware/resources.ts";
import type { RunEvent } from "../../run/events.ts";
import type { RunReport } from "../../run/report.ts";
import { duration } from "./text.ts";

/** What could not be undone on a host, as its output says it. */
export function notUndone(event: RunEvent): string[] {
  if (event.type !== "output") return [];
  const node = hardwareResource(event.name)?.node ?? event.name;
  return event.text
    .split("\n")
    .filter((line) => line.startsWith(NOT_UNDONE))
    .map((line) => `${node}: ${line.slice(NOT_UNDONE.length)}`);
}

/** @param left what stays on hosts */
export const downLines = (
  stack: string,
  { ok, seconds }: Pick<RunReport, "ok" | "seconds">,
  left: readonly string[],
): string[] => [
  `${stack} is ${ok ? "gone" : "not gone"} (${duration(seconds)}).`,
  ...(left.length > 0 ? ["Not undone:", ...left.map((line) => `  - ${line}`)] : []),
  ...(ok
    ? [
        `Kept for the next build: the node image, fetched packages and the engine, in ${cache()}; logs, in ${home()}.`,
      ]
    : []),
];
