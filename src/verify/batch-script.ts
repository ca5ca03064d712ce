import { AnswerReader } from "../actions/ask.ts";
import type { LimitName } from "../transport/limits.ts";
import type { Outcome, Script } from "../transport/types.ts";
import type { CheckBatch, Finding, PlannedCheck } from "./checks.ts";
import type { CheckResult, Fault } from "./results.ts";

/** The script of a batch. Each result is told as soon as its answer is there, so that an answer counts also where others never come. */
export class BatchScript implements Script {
  readonly command: string;
  readonly limit: LimitName = "check";
  readonly onOutput?: (text: string) => void;
  readonly #known = new Set<number>();
  readonly #began = Date.now();

  constructor(
    readonly batch: CheckBatch,
    readonly add: (result: CheckResult) => void,
  ) {
    this.command = batch.script;
    const { finding, checks } = batch;
    if (finding === undefined) return;
    const reader = new AnswerReader((index, answer) => {
      const check = checks[index];
      const found = finding(index, answer);
      if (check === undefined || found === undefined) return;
      this.#tell(index, resultOf(check, found, (Date.now() - this.#began) / 1000));
    });
    this.onOutput = reader.read;
  }

  /** Tells the results of all checks that had no answer of their own before. */
  ended(outcome: Outcome): void {
    const { checks, findings } = this.batch;
    const found = "answer" in outcome ? findings(outcome.answer) : [];
    for (const [index, check] of checks.entries()) {
      const failure = "failure" in outcome ? outcome : undefined;
      const finding = found[index] ?? noAnswer(failure?.why ?? "no answer");
      const result = resultOf(check, finding, outcome.seconds);
      this.#tell(index, failure?.failure === "unreachable" ? { ...result, fault: "unreachable" } : result);
    }
  }

  #tell(index: number, result: CheckResult): void {
    if (this.#known.has(index)) return;
    this.#known.add(index);
    this.add(result);
  }
}

const resultOf = (check: PlannedCheck, finding: Finding, seconds: number): CheckResult => ({
  ...check,
  ...finding,
  seconds,
  ...(finding.ok ? {} : { fault: faultOf(check) }),
});

const faultOf = ({ check, step }: PlannedCheck): Fault => (check === step ? "step" : "check");

const noAnswer = (seen: string): Finding => ({ ok: false, expected: "an answer from the node", seen });
