import { randomBytes } from "node:crypto";
import { DRIFT } from "../actions/environment.ts";
import { UserError } from "../config/errors.ts";
import { SshPool } from "../transport/ssh.ts";
import { type Change, changes } from "./diff.ts";
import type { Engine } from "./engine.ts";
import { type Failure, failures, SHAPES } from "./inputs.ts";
import { pluginVariable, withoutPluginVariables, withPluginVariable } from "./plugin-variables.ts";
import { preview, RESOURCES, stateOf } from "./resources.ts";
import { type Context, runOnThisMachine } from "./run.ts";
import { StepProbe } from "./step-probe.ts";
import { type Properties, plainProperties, secretTexts } from "./values.ts";

/** What every operation on a resource gets. */
interface Operation {
  readonly urn: string;
  /** Nothing may be done: only the result is predicted. */
  readonly preview: boolean;
  /** Seconds; 0 for no limit. */
  readonly timeout: number;
}

/** The operations of the plugin, without the gRPC service around them. */
export class Provider {
  readonly #pool = new SshPool();
  readonly #cancelled = new AbortController();
  readonly #probe = new StepProbe(this.#pool, this.#cancelled.signal, (urn, text) =>
    this.engine.show(urn, text, true),
  );

  constructor(readonly engine: Engine) {}

  check(urn: string, inputs: Properties): Failure[] {
    return failures(resourceOf(urn).shape, inputs);
  }

  diff(olds: Properties, news: Properties, ignored: readonly string[]): Change[] {
    return changes(olds, news, ignored);
  }

  async create(operation: Operation, inputs: Properties): Promise<{ id: string; state: Properties }> {
    const resource = resourceOf(operation.urn);
    if (operation.preview) return { id: "", state: preview(resource, inputs) };
    const outputs = await resource.create(this.#context(operation, inputs), inputs);
    const id = `${nameOf(operation.urn)}${randomBytes(4).toString("hex")}`;
    return { id, state: stateOf(inputs, outputs) };
  }

  async update(operation: Operation, state: Properties, inputs: Properties): Promise<Properties> {
    const resource = resourceOf(operation.urn);
    if (operation.preview) {
      const drift = await this.#probe.drift(operation.urn, inputs);
      if (drift !== undefined) await this.engine.show(operation.urn, drift.text, true);
      return preview(resource, inputs);
    }
    const outputs = await resource.update(this.#context(operation, inputs, state), state, inputs);
    return stateOf(inputs, outputs);
  }

  /**
   * The inputs of a resource. Where its step drifted they get a plugin variable with what differs, which makes the next update run
   * the step again.
   */
  async read(urn: string, inputs: Properties): Promise<Properties> {
    const drift = await this.#probe.drift(urn, inputs);
    if (drift !== undefined) await this.engine.show(urn, drift.text, true);
    return pluginVariable(inputs, DRIFT) === drift?.note
      ? inputs
      : withPluginVariable(inputs, DRIFT, drift?.note);
  }

  async delete(operation: Operation, state: Properties): Promise<void> {
    await resourceOf(operation.urn).delete(this.#context(operation, state), state);
  }

  async invoke(token: string, args: Properties): Promise<{ failures: Failure[]; result: Properties }> {
    if (token !== "command:local:run") throw unsupported("function", token, ["command:local:run"]);
    const shape = SHAPES[token];
    const wrong = failures(shape, args);
    if (wrong.length > 0) return { failures: wrong, result: {} };
    const { command, ...inputs } = shape.parse(plainProperties(args));
    const context = this.#context({ urn: "", preview: false, timeout: 0 }, args);
    return { failures: [], result: stateOf(args, await runOnThisMachine(context, inputs, command)) };
  }

  /** Ends all commands that run. */
  cancel(): void {
    this.#cancelled.abort(new UserError("cancelled", 1));
  }

  #context({ urn, timeout }: Operation, ...seen: readonly Properties[]): Context {
    const limit = timeout > 0 ? [AbortSignal.timeout(timeout * 1_000)] : [];
    return {
      pool: this.#pool,
      show: (text) => this.engine.show(urn, text),
      signal: AbortSignal.any([this.#cancelled.signal, ...limit]),
      secrets: seen.flatMap((properties) => secretTexts(printable(properties))),
    };
  }
}

/** The properties that a command could print: not its connection, and its previous output only where it gets that. */
function printable(marked: Properties): Properties {
  const { connection: _connection, ...properties } = withoutPluginVariables(marked);
  if (properties.addPreviousOutputInEnv !== false) return properties;
  const { stdout: _stdout, stderr: _stderr, ...rest } = properties;
  return rest;
}

/** `urn:pulumi:stack::project::parent$type::name`; a name may hold `::` itself. */
const typeOf = (urn: string): string => urn.split("::")[2]?.split("$").pop() ?? "";
const nameOf = (urn: string): string => urn.split("::").slice(3).join("::");

function resourceOf(urn: string): (typeof RESOURCES)[string] {
  const type = typeOf(urn);
  const resource = RESOURCES[type];
  if (resource === undefined) throw unsupported("resource", type, Object.keys(RESOURCES));
  return resource;
}

const unsupported = (what: string, name: string, known: readonly string[]): UserError =>
  new UserError(`${name} is no ${what} of this plugin; there is ${known.join(", ")}`);
