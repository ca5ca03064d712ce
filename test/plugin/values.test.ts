import { describe, expect, it } from "vitest";
import { containsSecret, MARK, plainProperties, secret, secretTexts } from "../../src/plugin/values.ts";

const properties = {
  create: "echo",
  stdin: secret("one"),
  environment: { A: secret("two"), __B: "kept", C: null },
  triggers: [1, secret(["three", { deep: "four" }])],
  __defaults: [],
  update: null,
};

describe("values", () => {
  it("unwraps secrets and drops what is not set or is the engine's own", () => {
    expect(plainProperties(properties)).toEqual({
      create: "echo",
      stdin: "one",
      environment: { A: "two", __B: "kept" },
      triggers: [1, ["three", { deep: "four" }]],
    });
  });

  it("finds every secret text", () => {
    expect(secretTexts(properties)).toEqual(["one", "two", "three", "four"]);
    expect(containsSecret(properties.triggers)).toBe(true);
    expect(containsSecret({ a: [{ [MARK]: "something else" }] })).toBe(false);
  });

  it("wraps once", () => {
    expect(secret(secret("x"))).toEqual(secret("x"));
  });
});
