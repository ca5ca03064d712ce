import { describe, expect, it } from "vitest";
import { DRIFT, RUN_AGAIN, STEP_RECORD } from "../../src/actions/environment.ts";
import { markOf, unmarked, withMark } from "../../src/plugin/marks.ts";
import { preview, RESOURCES, stateOf } from "../../src/plugin/resources.ts";
import { type Properties, secret } from "../../src/plugin/values.ts";

const marked: Properties = {
  create: "a",
  environment: { A: "1", [STEP_RECORD]: secret("{}"), [RUN_AGAIN]: "x", [DRIFT]: "y" },
};

describe("marks in the environment of a resource", () => {
  it("are read, secret or not", () => {
    expect(markOf(marked, STEP_RECORD)).toBe("{}");
    expect(markOf(marked, RUN_AGAIN)).toBe("x");
    expect(markOf({ create: "a" }, STEP_RECORD)).toBeUndefined();
  });

  it("are put in and taken out, and all else stays as it came", () => {
    expect(withMark({ create: "a" }, DRIFT, "d")).toEqual({ create: "a", environment: { [DRIFT]: "d" } });
    expect(withMark({ environment: { A: secret("1"), [DRIFT]: "d" } }, DRIFT, undefined)).toEqual({
      environment: { A: secret("1") },
    });
  });

  it("are for the plugin alone", () => {
    expect(unmarked(marked)).toEqual({ create: "a", environment: { A: "1" } });
    expect(unmarked({ create: "a", environment: { [STEP_RECORD]: "s" } })).toEqual({ create: "a" });
  });

  it("are not in what is known of what was done, and make none of that secret", () => {
    const state = { create: "a", environment: { A: "1" }, stdout: "out", stderr: "" };
    expect(stateOf(marked, { stdout: "out", stderr: "" })).toEqual(state);
    const resource = RESOURCES["command:remote:Command"];
    if (resource === undefined) throw new Error("no remote command");
    expect(Object.keys(preview(resource, marked))).toEqual(Object.keys(state));
  });
});
