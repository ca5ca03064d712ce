import { hardwareResource, nodeResources } from "../hardware/resources.ts";
import type { Explained } from "../hardware/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RunEvent } from "./events.ts";

/** A resource that was worked on, with its time: the summary and the critical path are made from these. */
export interface RunStep {
  readonly name: string;
  readonly step?: string;
  readonly node?: string;
  readonly title: string;
  readonly seconds: number;
  /** Milliseconds since the epoch. */
  readonly started: number;
  /** Names of its dependencies. */
  readonly after: readonly string[];
}

/** A resource that failed. */
export interface RunFailure {
  readonly name: string;
  readonly step?: string;
  readonly node?: string;
  readonly message: string;
  /** The hardware's explanation, where its own plugin failed. */
  readonly explained?: Explained;
  /** The file that holds its full output. */
  readonly log: string;
  /** What a person would type for the step, secrets masked. */
  readonly command?: string;
}

/** How a run went. */
export interface RunReport {
  readonly ok: boolean;
  readonly interrupted: boolean;
  /** The step before which a person stopped. */
  readonly stoppedBefore?: string;
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: readonly RunFailure[];
  readonly seconds: number;
  readonly steps: readonly RunStep[];
  readonly logDirectory: string;
}

/** Collects from the events of a run what its report needs. */
export class Collector {
  readonly #after: ReadonlyMap<string, readonly string[]>;
  readonly #titles = new Map<string, { title: string; at: number }>();
  readonly steps: RunStep[] = [];
  readonly failures: { name: string; step?: string; node?: string; message: string }[] = [];
  unchanged = 0;

  constructor(course: readonly PlannedStep[]) {
    this.#after = new Map(course.map((planned) => [planned.name, planned.after]));
  }

  add(event: RunEvent): void {
    if (event.type === "started") this.#titles.set(event.name, { title: event.title, at: event.at });
    if (event.type === "failed") {
      const { type: _type, at: _at, seconds: _seconds, code: _code, ...failure } = event;
      this.failures.push(failure);
    }
    if (event.type !== "done") return;
    const started = this.#titles.get(event.name);
    if (!event.changed || started === undefined) this.unchanged += 1;
    else {
      const { name, seconds } = event;
      const place = {
        ...(event.step === undefined ? {} : { step: event.step }),
        ...(event.node === undefined ? {} : { node: event.node }),
      };
      const after = this.#before(name, event.node);
      this.steps.push({ name, ...place, title: started.title, seconds, started: started.at, after });
    }
  }

  /** What a resource waits for: a step for other steps or, where it is its node's first, for the node. */
  #before(name: string, node: string | undefined): readonly string[] {
    const hardware = hardwareResource(name);
    if (hardware !== undefined) return hardware.after;
    const after = this.#after.get(name) ?? [];
    return after.length === 0 && node !== undefined ? nodeResources(node) : after;
  }
}
