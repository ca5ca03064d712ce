import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { JudgedStep } from "../drift/classify.ts";
import type { Looked } from "../drift/probe-lab.ts";
import { nameOf } from "../engine/observed.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RerunToken } from "../program/components.ts";
import { pause } from "../transport/waiting.ts";
import type { LabEvent } from "./events.ts";

/** After something was mended, in milliseconds. */
interface Pace {
  /** Between two looks. */
  readonly between: number;
  /** So long what still differs must stay the same before it is believed, and for `LOOKS` looks: others take a while to notice. */
  readonly steady: number;
  /** Later than this nobody waits any more. */
  readonly longest: number;
}

const PACE: Pace = { between: 2_000, steady: 15_000, longest: 300_000 };

/** On a busy machine a look takes long, and so does whatever is waited for. */
const LOOKS = 4;

/** More than there are services that build on one another. */
const MOST_ROUNDS = 6;

interface Surroundings {
  readonly onEvent: (event: LabEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Finds the steps of a standing lab that no longer hold, and has them done again. A step that stands behind another that does
 * not hold is looked at again once that is mended: each round does what nothing before it explains.
 */
export class Mending {
  readonly #look: () => Promise<Looked>;
  readonly #around: Surroundings;
  readonly #pace: Pace;
  #round = 1;
  #looked: Promise<Looked>;

  /** Begins to look at once: the engine takes a while to start. */
  constructor(look: () => Promise<Looked>, around: Surroundings, pace: Pace = PACE) {
    this.#look = look;
    this.#around = around;
    this.#pace = pace;
    this.#looked = look();
    // Whoever waits for it is told; until then nobody may be waiting.
    this.#looked.catch(() => {});
  }

  readonly again: RerunToken = async (name) => {
    const { steps } = await this.#looked;
    const step = steps.find(({ planned }) => planned.name === name);
    return step !== undefined && isAgain(step) ? `${new Date().toISOString()} ${this.#round}` : undefined;
  };

  /** Whether at the first look all steps of a course were done, and still held; also not where nobody could look. */
  async holds(course: readonly PlannedStep[]): Promise<boolean> {
    const { steps } = await this.#looked.catch((): Looked => ({ steps: [], unreachable: [] }));
    const held = steps.filter(({ standing }) => standing === "holds").map(({ planned }) => planned.name);
    return held.length === steps.length && course.every(({ name }) => held.includes(name));
  }

  /** @param run does with the engine what is to be done, and each step for which `again` has a mark */
  async rounds(run: (only: (event: EngineEvent) => boolean) => Promise<void>): Promise<void> {
    this.#looked.then(
      (looked) => this.#tell(looked),
      // Whoever asks what is to be done again is told.
      () => {},
    );
    await run(() => true);
    let { steps } = await this.#looked;
    while (steps.some(({ standing }) => standing === "behind") && this.#round < MOST_ROUNDS) {
      this.#round += 1;
      const looked = await this.#settled();
      ({ steps } = looked);
      const again = new Set(steps.filter(isAgain).map(({ planned }) => planned.name));
      if (again.size === 0) return;
      this.#tell(looked);
      this.#looked = Promise.resolve(looked);
      await run((event) => again.has(subjectOf(event)));
    }
  }

  async #settled(): Promise<Looked> {
    const { between, steady, longest } = this.#pace;
    const began = Date.now();
    let same = { since: began, looks: 1 };
    let looked = await this.#look();
    const isSteady = (): boolean => same.looks >= LOOKS && Date.now() - same.since >= steady;
    while (names(looked) !== "" && !isSteady() && Date.now() - began < longest) {
      await pause(between, this.#around.signal);
      const next = await this.#look();
      same =
        names(next) === names(looked) ? { ...same, looks: same.looks + 1 } : { since: Date.now(), looks: 1 };
      looked = next;
    }
    return looked;
  }

  #tell({ steps, unreachable }: Looked): void {
    for (const { node, why } of unreachable) {
      const text = `${node} cannot be reached, so nobody looked at what was done there: ${why}`;
      this.#around.onEvent({ type: "found", text });
    }
    for (const { standing, planned, differences } of steps) {
      if (standing !== "drift") continue;
      const { name, node, step } = planned;
      this.#around.onEvent({ type: "drift", name, step: step.id, node, differences });
    }
  }
}

const isAgain = ({ standing }: JudgedStep): boolean => standing === "drift" || standing === "follows";

const names = ({ steps }: Looked): string =>
  steps
    .filter(({ standing }) => standing === "drift" || standing === "behind")
    .map(({ planned }) => planned.name)
    .join();

/** The resource that an event of the engine is about; empty for others. */
function subjectOf(event: EngineEvent): string {
  const { resourcePreEvent, resOutputsEvent, resOpFailedEvent, diagnosticEvent } = event;
  const about = resourcePreEvent ?? resOutputsEvent ?? resOpFailedEvent;
  return nameOf(about?.metadata.urn ?? diagnosticEvent?.urn ?? "");
}
