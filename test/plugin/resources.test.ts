import { describe, expect, it } from "vitest";
import { SHAPES } from "../../src/plugin/inputs.ts";
import { preview, RESOURCES, stateOf } from "../../src/plugin/resources.ts";
import { SCHEMA } from "../../src/plugin/schema.ts";
import { type Properties, secret, UNKNOWN } from "../../src/plugin/values.ts";

const outputs = { stdout: "out", stderr: "" };

describe("stateOf", () => {
  it.each<[string, Properties, boolean]>([
    ["plain inputs", { create: "echo" }, false],
    ["a secret connection", { create: "echo", connection: secret({ host: "node" }) }, false],
    ["a secret command", { create: secret("echo") }, true],
    ["a secret in the environment", { create: "echo", environment: { A: secret("b") } }, true],
    ["a secret stdin", { create: "cat", stdin: secret("b") }, true],
  ])("with %s", (_name, inputs, hidden) => {
    const shown = hidden ? { stdout: secret("out"), stderr: secret("") } : outputs;
    expect(stateOf(inputs, outputs)).toEqual({ ...inputs, ...shown });
  });
});

describe("preview", () => {
  it.each<[string, Properties, string[]]>([
    ["command:remote:Command", { create: "echo" }, ["stdout", "stderr"]],
    ["command:local:Command", { create: "echo", assetPaths: ["*"] }, ["stdout", "stderr", "assets"]],
    ["command:remote:CopyToRemote", { remotePath: "/x" }, []],
  ])("of %s", (type, inputs, unknown) => {
    const resource = RESOURCES[type];
    if (resource === undefined) throw new Error(`no ${type}`);
    const expected = Object.fromEntries(unknown.map((name) => [name, UNKNOWN]));
    expect(preview(resource, inputs)).toEqual({ ...inputs, ...expected });
  });
});

it("the schema has the properties of which inputs are validated", () => {
  for (const [type, shape] of Object.entries(SHAPES)) {
    const resources: Record<string, { inputProperties: object }> = SCHEMA.resources;
    const properties =
      resources[type]?.inputProperties ?? SCHEMA.functions["command:local:run"].inputs.properties;
    expect(Object.keys(properties).sort(), type).toEqual(Object.keys(shape.shape).sort());
  }
});
