import type { Answer } from "../actions/answers.ts";
import { LAB_PROBES, STEP_RECORD } from "../actions/environment.ts";
import { addressOf } from "../transport/dial.ts";
import { DialError } from "../transport/errors.ts";
import { Runner } from "../transport/runner.ts";
import type { SshPool } from "../transport/ssh.ts";
import type { Connection } from "../transport/types.ts";
import { pluginVariable } from "./plugin-variables.ts";
import { ROOT } from "./run.ts";
import { isUnknown, type Properties, plainProperties } from "./values.ts";

/** What drifted. */
export interface Drift {
  /** In one line, for the resource's inputs. */
  readonly note: string;
  /** For people, with the differing lines of files. */
  readonly text: string;
}

/** Probes the steps of resources that carry a step record. Changes nothing. */
export class StepProbe {
  readonly #runner: Runner;

  constructor(
    pool: SshPool,
    signal: AbortSignal,
    readonly show: (urn: string, text: string) => Promise<void>,
  ) {
    this.#runner = new Runner({ pool, signal });
  }

  /** @returns undefined for a step in sync, a resource without a step record, and an unreachable host (which is shown) */
  async drift(urn: string, inputs: Properties): Promise<Drift | undefined> {
    const step = pluginVariable(inputs, STEP_RECORD);
    if (step === undefined || isUnknown(step) || process.env[LAB_PROBES] === "1") return undefined;
    const { connection } = plainProperties(inputs);
    if (connection !== undefined && isUnknown(connection)) return undefined;
    // Loaded only where it is needed: most runs of the plugin probe nothing.
    const { differencesOf, inLine } = await import("../actions/step-record.ts");
    try {
      const root = pluginVariable(inputs, ROOT) === "1";
      const ask = (script: string) => this.#ask(connection as Connection | undefined, root, script);
      const differences = await differencesOf(step, ask);
      if (differences.length === 0) return undefined;
      const text = differences.flatMap((one) => [inLine(one), ...(one.diff === undefined ? [] : [one.diff])]);
      return { note: differences.map(inLine).join("; "), text: text.join("\n") };
    } catch (error) {
      if (!(error instanceof DialError)) throw error;
      await this.show(urn, `not probed: ${error.message}`);
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
