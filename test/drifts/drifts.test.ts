import { describe, expect, it } from "vitest";
import { expectedOf } from "../../scripts/disturb/drift.ts";
import { tokensOf } from "../../src/curriculum/tokens.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { KNOWN } from "../curriculum/known-tokens.ts";
import { DRIFTS } from "./index.ts";

/** Services without a drift: `up` does steps of other services first, or the steps change nothing. */
const WITHOUT = ["packet-path"];

describe("the drifts of Lab002", () => {
  const course = plannedSteps(parseStackConfig("test", { lab: "lab002" }));

  it("name steps of the lab, and have different titles", () => {
    for (const drift of DRIFTS) expect(expectedOf("lab002", drift).named).toEqual([drift.step]);
    expect(new Set(DRIFTS.map(({ title }) => title)).size).toBe(DRIFTS.length);
  });

  it("include every service, and at least 25 drifts", () => {
    const drifting = new Set(DRIFTS.map(({ step }) => step.split("/")[0]));
    const services = [...new Set(course.map(({ service }) => service))].filter((id) => !WITHOUT.includes(id));
    expect(services.filter((id) => !drifting.has(id))).toEqual([]);
    expect(DRIFTS.length).toBeGreaterThanOrEqual(25);
  });

  it("use only tokens that have a value", () => {
    expect(tokensOf(DRIFTS).filter((token) => !KNOWN.some((known) => known.test(token)))).toEqual([]);
  });

  it("of a file that all agents read: all agents restart", () => {
    const [drift] = DRIFTS.filter(({ step }) => step === "neutron-openvswitch-agent/configure@network");
    if (drift === undefined) throw new Error("no such drift");
    expect(expectedOf("lab002", drift).again).toEqual([
      "neutron-dhcp-agent/start@network",
      "neutron-l3-agent/start@network",
      "neutron-metadata-agent/start@network",
      "neutron-openvswitch-agent/configure@network",
      "neutron-openvswitch-agent/start@network",
    ]);
  });
});
