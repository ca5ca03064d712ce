/** The version of `@pulumi/command` whose schema this is. */
export const VERSION = "1.2.1";

const text = { type: "string" };
const texts = { type: "array", items: text };
const environment = { type: "object", additionalProperties: text };
const asset = { $ref: "pulumi.json#/Asset" };
const outputs = { stdout: text, stderr: text };
const collected = {
  assets: { type: "object", additionalProperties: asset },
  archive: { $ref: "pulumi.json#/Archive" },
};
const connection = { $ref: "#/types/command:remote:Connection", secret: true };
const triggers = { type: "array", items: { $ref: "pulumi.json#/Any" }, replaceOnChanges: true };
const life = { create: text, update: text, delete: text, triggers };

const run = (place: "local" | "remote") => ({
  addPreviousOutputInEnv: { type: "boolean" },
  environment,
  logging: { $ref: `#/types/command:${place}:Logging` },
  stdin: text,
});
const local = { ...run("local"), archivePaths: texts, assetPaths: texts, dir: text, interpreter: texts };
const remote = { ...run("remote"), connection };

const endpoint = {
  agentSocketPath: text,
  dialErrorLimit: { type: "integer", default: 10 },
  host: text,
  hostKey: text,
  password: { ...text, secret: true },
  perDialTimeout: { type: "integer", default: 15 },
  port: { type: "number", default: 22 },
  privateKey: { ...text, secret: true },
  privateKeyPassword: { ...text, secret: true },
  user: { ...text, default: "root" },
};
const proxy = { $ref: "#/types/command:remote:ProxyConnection" };
const logging = {
  type: "string",
  enum: ["stdout", "stderr", "stdoutAndStderr", "none"].map((value) => ({ value })),
};

const resource = (inputs: object, required: string[], computed: object) => ({
  inputProperties: inputs,
  requiredInputs: required,
  properties: { ...inputs, ...computed },
  required: [...required, ...Object.keys(computed).filter((name) => name in outputs)],
});

/** The plugin's types in Pulumi's schema language. */
export const SCHEMA = {
  name: "command",
  version: VERSION,
  description: "Commands on this machine and on others, over one SSH connection for each.",
  types: {
    "command:local:Logging": logging,
    "command:remote:Logging": logging,
    "command:remote:ProxyConnection": { type: "object", properties: endpoint, required: ["host"] },
    "command:remote:Connection": { type: "object", properties: { ...endpoint, proxy }, required: ["host"] },
  },
  provider: {},
  resources: {
    "command:local:Command": resource({ ...life, ...local }, [], { ...outputs, ...collected }),
    "command:remote:Command": resource({ ...life, ...remote }, ["connection"], outputs),
    "command:remote:CopyToRemote": resource(
      { connection, remotePath: text, source: asset, triggers },
      ["connection", "source", "remotePath"],
      {},
    ),
  },
  functions: {
    "command:local:run": {
      inputs: { type: "object", properties: { ...local, command: text }, required: ["command"] },
      outputs: {
        type: "object",
        properties: { ...local, command: text, ...outputs, ...collected },
        required: ["command", "stdout", "stderr"],
      },
    },
  },
};
