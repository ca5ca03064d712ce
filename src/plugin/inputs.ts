import { z } from "zod";
import { ARCHIVE, ASSET, isUnknown, MARK, type Properties, plainProperties, type Value } from "./values.ts";

const text = z.string().exactOptional();
const texts = z.array(z.string()).exactOptional();

const endpoint = {
  host: z.string(),
  port: z.number().exactOptional(),
  user: text,
  privateKey: text,
  privateKeyPassword: text,
  password: text,
  hostKey: z.string(
    "missing: no host is trusted on first use; give its public host key (`ssh-ed25519 AAAA…`)",
  ),
  agentSocketPath: text,
  dialErrorLimit: z.int().exactOptional(),
  perDialTimeout: z.int().exactOptional(),
};
const connection = z.strictObject({ ...endpoint, proxy: z.strictObject(endpoint).exactOptional() });

const run = {
  stdin: text,
  environment: z.record(z.string(), z.string()).exactOptional(),
  logging: z.enum(["stdout", "stderr", "stdoutAndStderr", "none"]).exactOptional(),
  addPreviousOutputInEnv: z.boolean().exactOptional(),
};
const local = { ...run, dir: text, interpreter: texts, assetPaths: texts, archivePaths: texts };
const triggers = z.array(z.unknown()).exactOptional();
const life = { create: text, update: text, delete: text, triggers };

const source = z
  .object({ [MARK]: z.enum([ASSET, ARCHIVE]), path: text, text, hash: text })
  .refine(({ path, text }) => path !== undefined || text !== undefined, {
    error: "not supported: only a FileAsset, a StringAsset or a FileArchive can be copied",
  });

const localCommand = z.strictObject({ ...life, ...local });
const remoteCommand = z.strictObject({ ...life, ...run, connection });
const copyToRemote = z.strictObject({ connection, source, remotePath: z.string(), triggers });
const localRun = z.strictObject({ ...local, command: z.string() });

/** The inputs of each resource and function: `check` validates them, and the rest of the plugin has their types from here. */
export const SHAPES = {
  "command:local:Command": localCommand,
  "command:remote:Command": remoteCommand,
  "command:remote:CopyToRemote": copyToRemote,
  "command:local:run": localRun,
};

export type LocalInputs = Omit<z.infer<typeof localRun>, "command">;
export type RemoteInputs = Omit<z.infer<typeof remoteCommand>, keyof typeof life>;
export type CopyInputs = z.infer<typeof copyToRemote>;

export interface Failure {
  /** Path of the property, `connection.hostKey`. */
  readonly property: string;
  readonly reason: string;
}

/** The complaints about inputs. A value that is not known yet is accepted. */
export function failures(shape: z.ZodType, inputs: Properties): Failure[] {
  const values = plainProperties(inputs);
  const issues = shape.safeParse(values).error?.issues ?? [];
  return issues
    .filter(({ path }) => !path.some((_, index) => isUnknown(at(values, path.slice(0, index + 1)))))
    .map(({ path, message }) => ({ property: path.join("."), reason: message }));
}

const at = (value: Value, path: readonly PropertyKey[]): Value =>
  path.reduce<Value>((inner, key) => (inner as Record<PropertyKey, Value>)[key] ?? null, value);
