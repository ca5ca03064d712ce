import { LAB } from "../config/paths.ts";
import type { ClassifiedStep } from "../drift/classify.ts";
import type { ProbedLab } from "../drift/probe-lab.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { onNodeCommand } from "../plan/suggested-commands.ts";
import type { RerunToken } from "../program/components.ts";
import { pause } from "../transport/waiting.ts";
import type { RunEvent } from "./events.ts";
import { unmended } from "./unmended.ts";

/** How to wait after steps were done again, in milliseconds: services need a while to notice. */
interface Pace {
  /** Between two probes of the lab. */
  readonly between: number;
  /** The failed steps must be the same for this long, and in `STABLE_PROBES` probes, before they count as drifted. */
  readonly stable: number;
  /** The longest wait. */
  readonly longest: number;
}

const PACE: Pace = { between: 2_000, stable: 15_000, longest: 300_000 };

/** On a busy machine a probe takes long, and so do the services that are waited for. */
const STABLE_PROBES = 4;

/** More than the longest chain of services that need each other. */
const MOST_ROUNDS = 6;

interface Surroundings {
  readonly emit: (event: RunEvent) => void;
  readonly signal: AbortSignal;
}

/**
 * Finds the steps of a lab that have drifted, and has them done again in rounds. A round does the root causes; steps that were
 * blocked by them are probed again after it, and are the next round where they still do not hold.
 */
export class Reconciler {
  readonly #probe: () => Promise<ProbedLab>;
  readonly #around: Surroundings;
  readonly #pace: Pace;
  #round = 1;
  #probed: Promise<ProbedLab>;

  /** Probes the lab at once: the engine takes a while to start. */
  constructor(probe: () => Promise<ProbedLab>, around: Surroundings, pace: Pace = PACE) {
    this.#probe = probe;
    this.#around = around;
    this.#pace = pace;
    this.#probed = probe();
    // Whoever awaits it gets the error. Until then nobody may be waiting.
    this.#probed.catch(() => {});
  }

  /** A token for each step that is done again in this round. */
  readonly again: RerunToken = async (name) => {
    const { steps } = await this.#probed;
    const step = steps.find(({ planned }) => planned.name === name);
    return step !== undefined && isDoneAgain(step) ? `${new Date().toISOString()} ${this.#round}` : undefined;
  };

  /** Whether the first probe found all steps of a course in sync. False where the probe failed. */
  async inSync(course: readonly PlannedStep[]): Promise<boolean> {
    const { steps } = await this.#probed.catch((): ProbedLab => ({ steps: [], unreachable: [] }));
    const inSync = steps.filter(({ status }) => status === "in sync").map(({ planned }) => planned.name);
    return inSync.length === steps.length && course.every(({ name }) => inSync.includes(name));
  }

  /**
   * @param run has the engine do what is to be done, and each step that `again` has a token for. It emits the events that
   * `isNews` accepts: a later round tells only of the steps that it does again
   * @param isExcused whether steps may stay drifted at the end, because a person skipped some. @default they may not
   */
  async rounds(
    run: (isNews: (event: RunEvent) => boolean) => Promise<void>,
    isExcused: () => boolean = () => false,
  ): Promise<void> {
    this.#probed.then(
      (probed) => this.#report(probed),
      // `again` throws it.
      () => {},
    );
    await run(() => true);
    let probed = await this.#probed;
    const tried = new Set<string>();
    while (probed.steps.some(isNotInSync) && this.#round <= MOST_ROUNDS) {
      for (const name of namesOf(probed.steps.filter(isDoneAgain))) tried.add(name);
      this.#round += 1;
      probed = await this.#stableProbe();
      const again = new Set(namesOf(probed.steps.filter(isDoneAgain)));
      // What does not hold although it was done again needs something else than that.
      if ([...again].every((name) => tried.has(name))) break;
      this.#report(probed);
      this.#probed = Promise.resolve(probed);
      await run((event) => "name" in event && again.has(event.name));
    }
    if (isExcused()) return;
    for (const step of failuresOf(probed.steps)) this.#fail(step, tried.has(step.planned.name));
  }

  /** Ends the run with a failure: the step does not hold, and `up` cannot bring that about. */
  #fail({ planned, differences }: ClassifiedStep, wasTried: boolean): void {
    const { name, node, step } = planned;
    const text = unmended(step.id, differences, wasTried);
    const at = Date.now();
    this.#around.emit({ type: "output", name, text, at });
    this.#around.emit({ type: "failed", name, step: step.id, node, message: text, seconds: 0, at });
  }

  /** Probes the lab until everything is in sync, or the same steps fail for a while. */
  async #stableProbe(): Promise<ProbedLab> {
    const { between, stable, longest } = this.#pace;
    const began = Date.now();
    let same = { since: began, probes: 1 };
    let probed = await this.#probe();
    const isStable = (): boolean => same.probes >= STABLE_PROBES && Date.now() - same.since >= stable;
    while (failedNames(probed) !== "" && !isStable() && Date.now() - began < longest) {
      await pause(between, this.#around.signal);
      const next = await this.#probe();
      const isSame = failedNames(next) === failedNames(probed);
      same = isSame ? { ...same, probes: same.probes + 1 } : { since: Date.now(), probes: 1 };
      probed = next;
    }
    return probed;
  }

  #report({ steps, unreachable, causes = [] }: ProbedLab): void {
    const at = Date.now();
    for (const { node, found, fix } of causes) {
      const text = `${node}: ${found}. To fix it: ${LAB} ${onNodeCommand(node, fix)}`;
      this.#around.emit({ type: "found", text, at });
    }
    for (const { node, why } of unreachable) {
      const text = `${node} cannot be reached, so its steps were not probed: ${why}`;
      this.#around.emit({ type: "found", text, at });
    }
    for (const { status, planned, differences } of steps) {
      if (status !== "drifted") continue;
      const { name, node, step } = planned;
      this.#around.emit({ type: "drift", name, step: step.id, node, differences, at });
    }
  }
}

/** What is to be told of the steps that do not hold: what drifted, and where nothing did, what is blocked. */
function failuresOf(steps: readonly ClassifiedStep[]): ClassifiedStep[] {
  const drifted = steps.filter(({ status }) => status === "drifted");
  return drifted.length > 0 ? drifted : steps.filter(({ status }) => status === "blocked");
}

const isNotInSync = ({ status }: ClassifiedStep): boolean =>
  status !== "in sync" && status !== "new" && status !== "changed";

const namesOf = (steps: readonly ClassifiedStep[]): string[] => steps.map(({ planned }) => planned.name);

const isDoneAgain = ({ status }: ClassifiedStep): boolean =>
  status === "drifted" || status === "restart pending";

const failedNames = ({ steps }: ProbedLab): string =>
  steps
    .filter(({ status }) => status === "drifted" || status === "blocked")
    .map(({ planned }) => planned.name)
    .join();
