import type { ConfiguredStack } from "../config/schema.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { withDependents } from "../plan/closure.ts";
import { commandsOf } from "../plan/commands.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RunEvent, StartedEvent } from "./events.ts";

/** What a person answers before a step. */
export type Answer = "yes" | "skip" | "stop";

/** A step that is about to be done. */
export interface Question {
  readonly planned: PlannedStep;
  /** What a person would type, secrets masked. */
  readonly commands: readonly string[];
  /** Counted from 1, of the steps that are asked about. */
  readonly number: number;
  readonly of: number;
  /** No other step needs it, and it was not done yet. */
  readonly skippable: boolean;
}

export type Ask = (question: Question) => Promise<Answer>;

/** Steps that are to be changed, and how. */
export type Changes = ReadonlyMap<string, StartedEvent["operation"]>;

/** One round of `up --step`: a person is asked before each step that the engine would change. */
export class InteractiveRound {
  /** The step before which the person stopped. */
  stoppedBefore: string | undefined;
  readonly skipped: string[] = [];
  readonly #course: readonly PlannedStep[];
  readonly #changes: Changes;
  readonly #ask: (planned: PlannedStep, number: number, skippable: boolean) => Promise<Answer>;
  readonly #stop: () => void;
  readonly #done = new Set<string>();
  readonly #waiting = new Map<() => boolean, () => void>();
  readonly #allowed: string[] = [];
  #number = 0;

  /**
   * @param course the steps that are declared, in order
   * @param changes what an `up` would change
   * @param stop ends the run: what is done stays done
   */
  constructor(
    stack: ConfiguredStack,
    course: readonly PlannedStep[],
    changes: Changes,
    ask: Ask,
    stop: () => void,
  ) {
    this.#course = course;
    this.#changes = changes;
    const of = course.filter(({ name }) => changes.has(name)).length;
    this.#ask = (planned, number, skippable) =>
      ask({ planned, commands: commandsOf(stack, planned), number, of, skippable });
    this.#stop = stop;
  }

  /** Gets every event of the round. */
  see(event: RunEvent): void {
    if (event.type !== "done") return;
    this.#done.add(event.name);
    for (const [ready, go] of [...this.#waiting]) {
      if (!ready()) continue;
      this.#waiting.delete(ready);
      go();
    }
  }

  /** Resolves when the turn of a step has come: all steps allowed before are done. Never resolves after a stop. */
  readonly may = async (planned: PlannedStep): Promise<boolean> => {
    const { name, node } = planned;
    if (!this.#changes.has(name)) return true;
    await this.#until([...this.#allowed, ...(node === THIS_MACHINE ? [] : [`facts@${node}`])]);
    this.#number += 1;
    const skippable = this.#changes.get(name) === "create" && withDependents(this.#course, [name]).size === 1;
    const answer = await this.#ask(planned, this.#number, skippable);
    if (answer === "yes") {
      this.#allowed.push(name);
      return true;
    }
    if (answer === "skip") {
      this.skipped.push(name);
      return false;
    }
    this.stoppedBefore = name;
    this.#stop();
    return new Promise(() => {});
  };

  #until(names: readonly string[]): Promise<void> {
    const ready = (): boolean => names.every((name) => this.#done.has(name));
    if (ready()) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.set(ready, resolve);
    });
  }
}
