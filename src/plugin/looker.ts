import type { Answer } from "../actions/answers.ts";
import { LAB_PROBES, STEP_RECORD } from "../actions/environment.ts";
import { addressOf } from "../transport/dial.ts";
import { DialError } from "../transport/errors.ts";
import { Runner } from "../transport/runner.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { Connection } from "../transport/types.ts";
import { markOf } from "./marks.ts";
import { ROOT } from "./run.ts";
import { isUnknown, type Properties, plainProperties } from "./values.ts";

/** What no longer holds. */
export interface Found {
  /** In one line, to be noted. */
  readonly note: string;
  /** For people, with the lines of files that differ. */
  readonly text: string;
}

/** Looks whether what a resource brought about still holds, where the resource carries how that is told. Changes nothing. */
export class Looker {
  readonly #runner: Runner;

  constructor(
    pool: SshPool,
    signal: AbortSignal,
    readonly say: (urn: string, text: string) => Promise<void>,
  ) {
    this.#runner = new Runner({ pool, signal });
  }

  /** @returns undefined too where nobody can tell: it carries nothing, or its host cannot be reached, which is then said */
  async look(urn: string, inputs: Properties): Promise<Found | undefined> {
    const step = markOf(inputs, STEP_RECORD);
    if (step === undefined || isUnknown(step) || process.env[LAB_PROBES] === "1") return undefined;
    const { connection } = plainProperties(inputs);
    if (connection !== undefined && isUnknown(connection)) return undefined;
    // Most runs look at nothing: they need not load how that is done.
    const { differencesOf, inLine } = await import("../actions/step-record.ts");
    try {
      const root = markOf(inputs, ROOT) === "1";
      const ask = (script: string) => this.#ask(connection as Connection | undefined, root, script);
      const differences = await differencesOf(step, ask);
      if (differences.length === 0) return undefined;
      const text = differences.flatMap((one) => [inLine(one), ...(one.diff === undefined ? [] : [one.diff])]);
      return { note: differences.map(inLine).join("; "), text: text.join("\n") };
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      await this.say(urn, `not looked at: ${error.message}`);
      return undefined;
    }
  }

  async #ask(connection: Connection | undefined, root: boolean, command: string): Promise<Answer> {
    const endpoint =
      connection === undefined ? { name: "this machine" } : { name: addressOf(connection), connection };
    const why = await this.#runner.unreachable(endpoint);
    if (why !== undefined) throw new DialError(why, false);
    return this.#runner.run(endpoint, { command, limit: "probe", root });
  }
}
