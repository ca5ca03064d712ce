import { describe, expect, it } from "vitest";
import { explained, serverIn } from "../../../src/hardware/openstack/explain.ts";
import cases from "../../cases/hardware/openstack/explain.json" with { type: "json" };

describe("the plugin's messages", () => {
  it.each(cases)("$case", ({ name, message, fault, whole, expected }) => {
    const { where, said, mend } = explained(name, message, fault);
    expect(where).toBe(expected.where);
    expect(said).toContain(expected.said);
    expect(said).not.toContain("\n");
    if (whole) expect(said).toBe(expected.said);
    expect(mend).toContain(expected.mend);
  });

  it("name the server that Nova is to be asked about", () => {
    const [inError] = cases.filter(({ fault }) => fault !== undefined);
    expect(serverIn(inError?.message ?? "")).toBe("5b3f7c1e-0d52-4f0e-9b6b-0f4f4f1c2a11");
    expect(serverIn("Error creating OpenStack server: Authentication failed")).toBeUndefined();
  });
});
