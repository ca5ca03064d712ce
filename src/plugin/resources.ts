import type { z } from "zod";
import { type CopyInputs, SHAPES } from "./inputs.ts";
import { withoutPluginVariables } from "./plugin-variables.ts";
import { type Context, type Previous, runOnThisMachine, runRemote } from "./run.ts";
import { containsSecret, type Properties, plainProperties, same, secret, UNKNOWN } from "./values.ts";

/** One type of resource: properties in as the engine has them, outputs (beside the inputs) out. */
interface Resource {
  readonly shape: z.ZodType;
  /** Outputs that are known only after it has run. */
  readonly computed: readonly string[];
  create(context: Context, inputs: Properties): Promise<Properties>;
  update(context: Context, state: Properties, inputs: Properties): Promise<Properties>;
  delete(context: Context, state: Properties): Promise<void>;
}

interface Life {
  readonly create?: string;
  readonly update?: string;
  readonly delete?: string;
}

type Run<I> = (context: Context, inputs: I, command: string, previous?: Previous) => Promise<Properties>;

/** A command on this machine or a host. Its output is part of the state, and input of its next run. */
function command<I extends Life>(shape: z.ZodType<I>, run: Run<I>): Resource {
  return {
    shape,
    computed: ["stdout", "stderr"],
    create: async (context, inputs) => {
      const values = parsed(shape, inputs);
      return values.create === undefined ? { stdout: "", stderr: "" } : run(context, values, values.create);
    },
    update: async (context, state, inputs) => {
      const values = parsed(shape, inputs);
      const previous = outputsOf(state);
      const text = values.update ?? values.create;
      return text === undefined ? { ...previous } : run(context, values, text, previous);
    },
    delete: async (context, state) => {
      const { stdout: _stdout, stderr: _stderr, assets: _assets, archive: _archive, ...inputs } = state;
      const values = parsed(shape, inputs);
      if (values.delete !== undefined) await run(context, values, values.delete, outputsOf(state));
    },
  };
}

function copy(context: Context, { connection, source, remotePath }: CopyInputs): Promise<void> {
  const from = source.text === undefined ? { path: source.path ?? "" } : { text: source.text };
  return context.pool.upload(connection, from, remotePath, context.signal);
}

const copyToRemote: Resource = {
  shape: SHAPES["command:remote:CopyToRemote"],
  computed: [],
  create: async (context, inputs) => {
    await copy(context, parsed(SHAPES["command:remote:CopyToRemote"], inputs));
    return {};
  },
  update: async (context, state, inputs) => {
    const [old, now] = [plainProperties(state), plainProperties(inputs)];
    const moved = !same(old.source, now.source) || !same(old.remotePath, now.remotePath);
    if (moved) await copy(context, parsed(SHAPES["command:remote:CopyToRemote"], inputs));
    return {};
  },
  // What was copied stays, as with the official plugin.
  delete: async () => {},
};

export const RESOURCES: Readonly<Record<string, Resource>> = {
  "command:local:Command": command(SHAPES["command:local:Command"], runOnThisMachine),
  "command:remote:Command": command(SHAPES["command:remote:Command"], runRemote),
  "command:remote:CopyToRemote": copyToRemote,
};

/** The state of a resource before it has run. */
export function preview(resource: Resource, properties: Properties): Properties {
  const inputs = withoutPluginVariables(properties);
  const collected = [
    ...(inputs.assetPaths === undefined ? [] : ["assets"]),
    ...(inputs.archivePaths === undefined ? [] : ["archive"]),
  ];
  const unknown = [...resource.computed, ...collected].map((name) => [name, UNKNOWN] as const);
  return { ...inputs, ...Object.fromEntries(unknown) };
}

/**
 * The state of a resource: its inputs as they came, so that secrets stay secret, and its outputs. A command that got a secret may
 * print it, so its output is secret too (the official plugin keeps it plain). Secrets of the connection and of plugin variables do
 * not count: no command gets them.
 */
export function stateOf(properties: Properties, outputs: Properties): Properties {
  const inputs = withoutPluginVariables(properties);
  const { connection: _connection, ...seen } = inputs;
  if (!containsSecret(seen)) return { ...inputs, ...outputs };
  const hidden = Object.entries(outputs).map(([name, value]) => [name, secret(value)] as const);
  return { ...inputs, ...Object.fromEntries(hidden) };
}

function outputsOf(state: Properties): { stdout: string; stderr: string } {
  const { stdout, stderr } = plainProperties(state);
  return {
    stdout: typeof stdout === "string" ? stdout : "",
    stderr: typeof stderr === "string" ? stderr : "",
  };
}

const parsed = <I>(shape: z.ZodType<I>, inputs: Properties): I =>
  shape.parse(plainProperties(withoutPluginVariables(inputs)));
