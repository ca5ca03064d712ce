import { describe, expect, it } from "vitest";
import { recordedValues } from "../../src/config/changes.ts";
import { UserError } from "../../src/config/errors.ts";
import { BUILT_WITH } from "../../src/engine/built-with.ts";
import type { StateResource } from "../../src/engine/observed.ts";
import { hardwareOf } from "../../src/hardware/lookup.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { refuseChanges } from "../../src/run/refuse-changes.ts";
import { done, observed } from "../cli/fake.ts";

const config = (settings: object = {}, hardware: object = {}, lab = "lab001") =>
  parseStackConfig("mine", { lab, settings, hardware });
const BUILT = config();
const URN = "urn:pulumi:mine::scratchstack";
const recorded: StateResource = {
  urn: `${URN}::scratchstack:lab:Lab::mine`,
  type: "scratchstack:lab:Lab",
  outputs: { [BUILT_WITH]: recordedValues(BUILT, hardwareOf(BUILT)) },
};
/** Of a lab that was built before values were recorded. */
const before: StateResource = {
  urn: `${URN}::pulumi:pulumi:Stack::scratchstack-mine`,
  type: "pulumi:pulumi:Stack",
  outputs: { admin: { OS_REGION_NAME: "RegionOne" } },
};
const state = (...deployed: StateResource[]) =>
  observed({ deployed, done: [done("keystone/bootstrap", "control", 1)] });

function refusal(changed: ReturnType<typeof config>, found: ReturnType<typeof state>): string {
  try {
    refuseChanges("mine", changed, found);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).exitCode).toBe(2);
    return (error as Error).message;
  }
}

describe.each([
  ["recorded", recorded],
  ["from before", before],
])("%s", (_, resource) => {
  it("follows a configuration that did not change, and one that may", () => {
    expect(refusal(BUILT, state(resource))).toBe("");
    expect(refusal(config({ workers: 3 }), state(resource))).toBe("");
  });

  it("refuses another region, with what to do", () => {
    expect(refusal(config({ region: "RegionTwo" }), state(resource)).split("\n")).toEqual([
      "Stack mine is built, and cannot follow its stack file as a whole; nothing was touched.",
      'settings.region: found "RegionTwo", expected "RegionOne", which it was built with: endpoints, users\' clients and the ' +
        'configuration of every service name the region. To fix it: set it back to "RegionOne". To change it: run ' +
        "`scripts/lab reset keystone --stack mine`, then `scripts/lab up --stack mine`.",
    ]);
  });

  it("follows another region once Keystone is reset", () => {
    const reset = { ...state(resource), done: [done("base/clock", "control", 1)] };
    expect(refusal(config({ region: "RegionTwo" }), reset)).toBe("");
  });
});

it("names every key", () => {
  const changed = config({ region: "RegionTwo" }, { packageCache: false });
  const lines = refusal(changed, state(recorded)).split("\n").slice(1);
  expect(lines.map((line) => line.split(":")[0])).toEqual(["settings.region", "hardware.packageCache"]);
  expect(lines[1]).toContain(
    "To change it: set it back, run `scripts/lab down --stack mine`, set it to false",
  );
});

it("follows everything where nothing is built", () => {
  expect(refusal(config({ region: "RegionTwo" }), observed({ deployed: [], done: [] }))).toBe("");
});

it("refuses an earlier lab", () => {
  const found = { ...state(recorded), done: [done("neutron/start", "control", 1)] };
  expect(refusal(BUILT, found)).toContain('lab: found "lab001", expected "lab002", which it is at');
});
