import type { StackConfig } from "../config/schema.ts";
import type { Service, Step } from "../curriculum/types.ts";
import type { Observed } from "../engine/observed.ts";
import type { Html } from "./html.ts";

/** What a handbook is made from. */
export interface Source {
  readonly stack: string;
  readonly config: StackConfig;
  /** What is known of the lab where it stands. */
  readonly observed: Observed;
  /** Leaves every secret out, so that the folder may be given to others. */
  readonly share: boolean;
  /** A drawing of the lab, as SVG. @default none: the table of nodes alone */
  readonly topology?: string;
  /** Day on which it is made, ISO 8601. */
  readonly day: string;
}

/** What differs from node to node in a step, as text with marks (marks.ts). */
export interface StepOn {
  readonly nodes: readonly string[];
  /** What a person types, as root. */
  readonly commands: string;
  /** Shell that tells `lab` that it was done by hand; empty where `lab` sees it by itself. */
  readonly remember: string;
  readonly looks: string;
  readonly back: string;
  readonly checks: readonly { readonly name: string; readonly expect: string; readonly run: string }[];
}

/** A step as the handbook shows it. */
export interface HandbookStep {
  readonly step: Step;
  /** What one should see, with marks. */
  readonly see: string;
  /** Nodes with equal commands stand together. */
  readonly on: readonly StepOn[];
  /** The stack's lab has it; else it is one that a later lab has replaced. */
  readonly current: boolean;
  /** Nodes on which it is done, of those it is done on. */
  readonly done: number;
  readonly total: number;
}

/** A service as the handbook shows it. */
export interface HandbookService {
  readonly service: Service;
  readonly steps: readonly HandbookStep[];
}

/** Where markup is put: what is relative to the site's top folder, and what is unique in a page. */
export interface Place {
  /** `""` for a page in the top folder, `"../"` for one in a folder below. */
  readonly root: string;
  /** Before every id of the page. */
  readonly prefix: string;
  /** On paper nothing is clicked, and no password stands. */
  readonly paper: boolean;
}

/** A page without its frame. */
export interface Page {
  /** Relative to the site's top folder, e.g. `services/keystone.html`. */
  readonly path: string;
  readonly title: string;
  /** Shorter, for the table of contents. @default title */
  readonly short?: string;
  readonly part: Part;
  /** A heading under which the table of contents has it. */
  readonly group: string;
  readonly body: (place: Place) => Html;
  /** Headings or steps in it, in order. */
  readonly sections: readonly Section[];
  /** How much of it is done, e.g. `7/11`. */
  readonly progress?: { readonly done: number; readonly total: number };
}

export interface Section {
  readonly id: string;
  readonly title: string;
  /** What the search finds it by, besides its title. */
  readonly text: string;
}

export type Part = "start" | "concepts" | "labs" | "flow";
