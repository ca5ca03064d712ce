import { describe, expect, it } from "vitest";
import { DRIFT, RUN_AGAIN, STEP_RECORD } from "../../src/actions/environment.ts";
import {
  pluginVariable,
  withoutPluginVariables,
  withPluginVariable,
} from "../../src/plugin/plugin-variables.ts";
import { preview, RESOURCES, stateOf } from "../../src/plugin/resources.ts";
import { type Properties, secret } from "../../src/plugin/values.ts";

const marked: Properties = {
  create: "a",
  environment: { A: "1", [STEP_RECORD]: secret("{}"), [RUN_AGAIN]: "x", [DRIFT]: "y" },
};

describe("plugin variables in the environment of a resource", () => {
  it("are read, secret or not", () => {
    expect(pluginVariable(marked, STEP_RECORD)).toBe("{}");
    expect(pluginVariable(marked, RUN_AGAIN)).toBe("x");
    expect(pluginVariable({ create: "a" }, STEP_RECORD)).toBeUndefined();
  });

  it("are added and removed, and everything else stays", () => {
    expect(withPluginVariable({ create: "a" }, DRIFT, "d")).toEqual({
      create: "a",
      environment: { [DRIFT]: "d" },
    });
    expect(withPluginVariable({ environment: { A: secret("1"), [DRIFT]: "d" } }, DRIFT, undefined)).toEqual({
      environment: { A: secret("1") },
    });
  });

  it("reach no command", () => {
    expect(withoutPluginVariables(marked)).toEqual({ create: "a", environment: { A: "1" } });
    expect(withoutPluginVariables({ create: "a", environment: { [STEP_RECORD]: "s" } })).toEqual({
      create: "a",
    });
  });

  it("are not in the state, and make none of it secret", () => {
    const state = { create: "a", environment: { A: "1" }, stdout: "out", stderr: "" };
    expect(stateOf(marked, { stdout: "out", stderr: "" })).toEqual(state);
    const resource = RESOURCES["command:remote:Command"];
    if (resource === undefined) throw new Error("no remote command");
    expect(Object.keys(preview(resource, marked))).toEqual(Object.keys(state));
  });
});
