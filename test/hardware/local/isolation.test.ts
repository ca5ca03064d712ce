import { describe, expect, it } from "vitest";
import { isolationRemarks } from "../../../src/hardware/local/isolation.ts";
import { OWNER } from "../../../src/hardware/local/names.ts";
import { CONFIG } from "../stack.ts";

const instance = (name: string, privileged: string | undefined, stack = "lab") => ({
  name: `${stack}-${name}`,
  config: { [OWNER]: stack, ...(privileged === undefined ? {} : { "security.privileged": privileged }) },
});
const remarks = (instances: object[], privileged = false): string[] =>
  isolationRemarks("lab", { hardware: { ...CONFIG.hardware, privileged } }, JSON.stringify(instances));

describe("what people are told of their nodes", () => {
  it("is nothing where they are as configured and nobody on the machine", () => {
    expect(remarks([instance("control", "false"), instance("compute", undefined)])).toEqual([]);
    expect(remarks([])).toEqual([]);
    expect(remarks([instance("control", "true", "other"), { name: "stranger", config: null }])).toEqual([]);
  });

  it("names those that were made privileged, and how to change it", () => {
    const found = remarks([
      instance("network", "false"),
      instance("control", "true"),
      instance("compute", "true"),
    ]);
    expect(found).toEqual([
      "Privileged nodes: compute, control. Root on them is root on this machine. scripts/lab down and scripts/lab up make all nodes anew, unprivileged.",
    ]);
  });

  it("says what the setting costs, before there are nodes and after", () => {
    expect(remarks([], true).join()).toContain("root on a node is root on this machine");
    expect(remarks([instance("control", "true")], true)).toEqual([
      "Privileged nodes: control. Root on them is root on this machine.",
    ]);
  });

  it("names those that the setting came too late for", () =>
    expect(remarks([instance("control", "false")], true)).toEqual([
      "Unprivileged nodes: control. scripts/lab down and scripts/lab up make all nodes anew, privileged as hardware.privileged asks for.",
    ]));
});
