import { UserError } from "../config/errors.ts";
import { LIMITS, type Limit, type LimitName } from "./limits.ts";
import { LineWriter } from "./lines.ts";
import { runLocal } from "./local.ts";
import { SshPool } from "./ssh.ts";
import type { Endpoint, Outcome, Report, Result, Script } from "./types.ts";
import { Slots } from "./waiting.ts";

type Pool = Pick<SshPool, "exec" | "close">;

export interface RunnerOptions {
  /** Connections are shared with others. @default a pool of its own, which `close` ends */
  readonly pool?: Pool;
  /** When aborted, what runs is ended on its endpoint, and every method rejects with the signal's reason. @default never */
  readonly signal?: AbortSignal | undefined;
  /** Replaces secrets in output and in reasons. Answers stay as they are: they are compared first. @default nothing */
  readonly mask?: (text: string) => string;
}

/** Runs scripts on nodes and on this machine: connections, limits, cancellation and masking are here and nowhere else. */
export class Runner {
  readonly #pool: Pool;
  readonly #owned: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #mask: (text: string) => string;
  /** Endpoint → why it cannot be reached. It is not dialled again. */
  readonly #unreachable = new Map<string, Promise<string | undefined>>();

  constructor({ pool, signal, mask = (text) => text }: RunnerOptions = {}) {
    this.#pool = pool ?? new SshPool();
    this.#owned = pool === undefined;
    this.#signal = signal;
    this.#mask = mask;
  }

  /**
   * Runs one script, whatever its exit code.
   * @throws UserError where the endpoint cannot be reached, or the script does not end in time; the signal's reason
   */
  async run(endpoint: Endpoint, { command, limit, root = true, onOutput }: Script): Promise<Result> {
    const { seconds, ...patience }: Limit = LIMITS[limit];
    const timeout = seconds === undefined ? undefined : timeoutAfter(seconds);
    const signals = [timeout?.signal, this.#signal].filter((one) => one !== undefined);
    const out = onOutput && new LineWriter((text) => onOutput(this.#mask(text)));
    const err = onOutput && new LineWriter((text) => onOutput(this.#mask(text)));
    const shell = {
      command,
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      ...(out && { onStdout: out.write }),
      ...(err && { onStderr: err.write }),
    };
    try {
      if (endpoint.connection === undefined) return await runLocal(shell);
      const connection = {
        ...endpoint.connection,
        dialErrorLimit: patience.dialRetries,
        perDialTimeout: patience.dialSeconds,
      };
      return await this.#pool.exec(connection, { ...shell, root, idempotent: true });
    } finally {
      timeout?.clear();
      out?.end();
      err?.end();
    }
  }

  /**
   * Tells why an endpoint cannot be reached; undefined where it answers. It is asked once.
   * @param limit `boot` for one that is just starting. @default reach
   */
  async unreachable(endpoint: Endpoint, limit: LimitName = "reach"): Promise<string | undefined> {
    const known = this.#unreachable.get(endpoint.name) ?? this.#reach(endpoint, limit);
    this.#unreachable.set(endpoint.name, known);
    const why = await known;
    this.#signal?.throwIfAborted();
    return why;
  }

  /**
   * Runs scripts on several endpoints at the same time. An endpoint that cannot be reached runs none.
   * @param options.atOnce scripts that run at the same time on one endpoint
   * @param options.onOutcome gets each outcome as it is known
   * @returns the reports in the order of the endpoints
   */
  async runAll<S extends Script>(
    work: readonly { readonly endpoint: Endpoint; readonly scripts: readonly S[] }[],
    options: {
      readonly atOnce: number;
      readonly onOutcome?: (script: S, outcome: Outcome, endpoint: Endpoint) => void;
    },
  ): Promise<Report<S>[]> {
    const onTarget = async (endpoint: Endpoint, scripts: readonly S[]): Promise<Report<S>> => {
      if (scripts.length === 0) return { endpoint, outcomes: [] };
      const why = await this.unreachable(endpoint);
      const slots = new Slots(options.atOnce);
      const one = async (script: S) => {
        const outcome: Outcome =
          why === undefined
            ? await slots.use(this.#signal, () => this.#outcome(endpoint, script))
            : { failure: "unreachable", why: `${label(endpoint)} cannot be reached: ${why}`, seconds: 0 };
        options.onOutcome?.(script, outcome, endpoint);
        return { script, outcome };
      };
      const outcomes = await allOf(scripts.map(one));
      return { endpoint, outcomes, ...(why !== undefined && { unreachable: why }) };
    };
    return allOf(work.map(({ endpoint, scripts }) => onTarget(endpoint, scripts)));
  }

  /** Ends the connections that are its own. */
  close(): void {
    if (this.#owned) this.#pool.close();
  }

  async #reach(endpoint: Endpoint, limit: LimitName): Promise<string | undefined> {
    try {
      await this.run(endpoint, { command: "true", limit, root: false });
      return undefined;
    } catch (error) {
      return this.#reason(error);
    }
  }

  async #outcome(endpoint: Endpoint, script: Script): Promise<Outcome> {
    const began = Date.now();
    const seconds = (): number => (Date.now() - began) / 1000;
    try {
      const answer = await this.run(endpoint, script);
      return { answer, seconds: seconds() };
    } catch (error) {
      this.#signal?.throwIfAborted();
      return { failure: "no answer", why: `${label(endpoint)}: ${this.#reason(error)}`, seconds: seconds() };
    }
  }

  #reason(error: unknown): string {
    return this.#mask(error instanceof Error ? error.message : String(error));
  }
}

/** How messages name an endpoint: `control (10.1.0.11)`, `this machine`. */
const label = ({ name, connection }: Endpoint): string =>
  connection === undefined ? "this machine" : `${name} (${connection.host})`;

/** Waits for all, also where one fails: nothing is left running. @throws what the first one threw */
async function allOf<T>(work: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => {
    if (one.status === "rejected") throw one.reason;
    return one.value;
  });
}

function timeoutAfter(seconds: number): { readonly signal: AbortSignal; readonly clear: () => void } {
  const controller = new AbortController();
  const reason = new UserError(`no answer within ${seconds} s`, 1);
  const timer = setTimeout(() => controller.abort(reason), seconds * 1_000);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}
