import { code, one, table } from "../measure/markdown.ts";
import { succeeded, type Undone } from "./undone.ts";

/** What the section shows. */
export interface Measured {
  readonly date: string;
  readonly machine: string;
  readonly source: string;
  /** Lab → service → how it went; undefined where it was not tried. */
  readonly labs: Readonly<Record<string, Readonly<Record<string, Undone | undefined>>>>;
}

/** The section of docs/reliability.md. */
export function page({ date, machine, source, labs }: Measured): string {
  return [
    "## Services undone and built again",
    `Made by \`scripts/undo-matrix\` on ${date}, of ${source}: ${machine}. \`lab reset SERVICE --undo\` of a clean lab undoes the service and all`,
    "that depends on it, step by step; then `lab up` builds it again. `lab verify` has to be clean for what is left meanwhile, and for the",
    "whole lab afterwards.",
    ...Object.entries(labs).flatMap(([lab, services]) => ["", `### ${lab}`, "", rows(services)]),
  ].join("\n");
}

const rows = (services: Readonly<Record<string, Undone | undefined>>): string =>
  table(
    ["service", "steps undone", "undo, s", "`lab up`, s", "clean after, s", "failed", "ok"],
    Object.entries(services).map(([service, undone]) => row(service, undone)),
  );

function row(service: string, undone: Undone | undefined): string[] {
  if (undone === undefined) return [code(service), "not tried", "", "", "", "", ""];
  const { steps, undo, up, clean, failed } = undone;
  return [
    code(service),
    String(steps),
    one(undo),
    up === undefined ? "" : one(up),
    clean === undefined ? "never" : one(clean),
    failed.map(code).join(", "),
    succeeded(undone) ? "yes" : "no",
  ];
}
