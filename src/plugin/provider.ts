import { randomBytes } from "node:crypto";
import { DRIFT } from "../actions/environment.ts";
import { UserError } from "../config/errors.ts";
import { SshPool } from "../transport/ssh.ts";
import { type Change, changes } from "./diff.ts";
import type { Engine } from "./engine.ts";
import { type Failure, failures, SHAPES } from "./inputs.ts";
import { Looker } from "./looker.ts";
import { markOf, unmarked, withMark } from "./marks.ts";
import { preview, RESOURCES, stateOf } from "./resources.ts";
import { type Context, runHere } from "./run.ts";
import { type Properties, plainProperties, secretTexts } from "./values.ts";

/** What every operation on a resource is told. */
interface Operation {
  readonly urn: string;
  /** Nothing may be done: tell only what would come of it. */
  readonly preview: boolean;
  /** Seconds; 0 for no limit. */
  readonly timeout: number;
}

/** The operations of the plugin, free of the wire they come over. */
export class Provider {
  readonly #pool = new SshPool();
  readonly #cancelled = new AbortController();
  readonly #looker = new Looker(this.#pool, this.#cancelled.signal, (urn, text) =>
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
      const found = await this.#looker.look(operation.urn, inputs);
      if (found !== undefined) await this.engine.show(operation.urn, found.text, true);
      return preview(resource, inputs);
    }
    const outputs = await resource.update(this.#context(operation, inputs, state), state, inputs);
    return stateOf(inputs, outputs);
  }

  /**
   * What is known of a resource: its inputs, with a note where it carries what tells that it no longer holds. The note makes the
   * next update run it again.
   */
  async read(urn: string, inputs: Properties): Promise<Properties> {
    const found = await this.#looker.look(urn, inputs);
    if (found !== undefined) await this.engine.show(urn, found.text, true);
    return markOf(inputs, DRIFT) === found?.note ? inputs : withMark(inputs, DRIFT, found?.note);
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
    return { failures: [], result: stateOf(args, await runHere(context, inputs, command)) };
  }

  /** Ends all that runs. */
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

/** What a command could print: not its connection, and its previous output only where it is handed over. */
function printable(marked: Properties): Properties {
  const { connection: _connection, ...properties } = unmarked(marked);
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
