import { LAB } from "../../config/paths.ts";
import { THIS_MACHINE } from "../../curriculum/types.ts";
import type { RunFailure, RunReport } from "../../run/report.ts";
import type { RunState } from "./state.ts";
import type { Style } from "./style.ts";
import { clean } from "./text.ts";

/** Last lines of output that are shown of a failed step. */
const LINES = 15;

/** Each failure: the step, its node, its commands, its last output. Then what to do next. */
export function failures({ failed }: RunReport, state: RunState, style: Style): string[] {
  return [
    ...failed.flatMap((item) => failure(item, state.tails[item.name] ?? [], style)),
    ...whatNext(failed),
  ];
}

/** A step without output shows the engine's message. */
function failure(failed: RunFailure, tail: readonly string[], style: Style): string[] {
  const place = failed.node === THIS_MACHINE ? "this machine" : failed.node;
  const where = place === undefined ? "" : ` on ${place}`;
  if (failed.explained !== undefined) return explained(failed, failed.explained, style);
  const said = tail.length > 0 ? tail : failed.message.split("\n").filter((line) => line.trim() !== "");
  return [
    "",
    style.bad(`✘ ${failed.step ?? failed.name}${where} failed`),
    ...(failed.command === undefined ? [] : ["  What was done, as a person would type it:"]),
    ...(failed.command?.split("\n") ?? []).map((line) => `    ${line}`),
    "  What it said last:",
    ...said.slice(-LINES).map((line) => `    ${clean(line)}`),
    `  All it said: ${failed.log}`,
  ];
}

/** A failure of the plugin of a hardware kind: our explanation replaces its message, which is for programmers. */
const explained = ({ log }: RunFailure, { where, said, mend }: Explained, style: Style): string[] => [
  "",
  style.bad(`✘ ${where} failed`),
  `  What was said: ${clean(said)}`,
  `  What to do: ${mend}`,
  `  All that was said: ${log}`,
];

type Explained = NonNullable<RunFailure["explained"]>;

function whatNext(failed: readonly RunFailure[]): string[] {
  const nodes = [...new Set(failed.flatMap((item) => item.node ?? []))].filter(
    (node) => node !== THIS_MACHINE,
  );
  return [
    "",
    ...nodes.map((node) => `Look around:             ${LAB} ssh ${node}`),
    `Go on from where it was: ${LAB} up`,
  ];
}
