import type { StackConfig } from "../config/schema.ts";
import type { Service, Step } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import type { Html } from "./html.ts";

/** What a handbook is made from. */
export interface Source {
  readonly stack: string;
  readonly config: StackConfig;
  /** The observed state of the lab. */
  readonly observed: Observed;
  /** Leave every secret out, so that the reader can give the folder to others. */
  readonly share: boolean;
  /** A drawing of the lab, as SVG. @default no drawing, only the table of nodes */
  readonly topology?: string;
  /** The day on which it is written, ISO 8601. */
  readonly day: string;
}

/** What differs from node to node in a step, as text with placeholders (placeholders.ts). */
export interface StepOnNode {
  readonly nodes: readonly string[];
  /** What a person types, as root. */
  readonly commands: string;
  /** Shell that records that a person did the step by hand. Empty if the probe finds this out itself. */
  readonly remember: string;
  readonly looks: string;
  readonly back: string;
  readonly checks: readonly { readonly name: string; readonly expect: string; readonly run: string }[];
}

/** A step as the handbook shows it. */
export interface HandbookStep {
  readonly step: Step;
  /** What the reader should now see, with placeholders. */
  readonly see: string;
  /** One entry for all nodes with equal commands. */
  readonly on: readonly StepOnNode[];
  /** Whether the stack's lab has the step. If not, a later lab has replaced it. */
  readonly current: boolean;
  /** On how many of `total` nodes it is done. */
  readonly done: number;
  readonly total: number;
}

/** A service as the handbook shows it. */
export interface HandbookService {
  readonly service: Service;
  readonly steps: readonly HandbookStep[];
}

/** Where markup is used. */
export interface PageContext {
  /** The path to the site's top folder: `""` for a page in it, `"../"` for a page in a folder below. */
  readonly root: string;
  /** Prefix of every id on the page. */
  readonly prefix: string;
  /** The print version: it has no buttons and no passwords. */
  readonly paper: boolean;
}

/** A page without its frame. */
export interface Page {
  /** Relative to the site's top folder, e.g. `services/keystone.html`. */
  readonly path: string;
  readonly title: string;
  /** A shorter title for the table of contents. @default title */
  readonly short?: string;
  readonly part: Part;
  /** The heading in the table of contents under which it is listed. */
  readonly group: string;
  readonly body: (context: PageContext) => Html;
  /** Its headings or steps, in order. */
  readonly sections: readonly Section[];
  /** How many of its steps are done. @default it has no steps */
  readonly progress?: { readonly done: number; readonly total: number };
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** Text that the search uses besides the title. */
  readonly text: string;
}

export type Part = "start" | "concepts" | "labs" | "flow";
