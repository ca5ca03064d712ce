import { describe, expect, it } from "vitest";
import { BY, bridgeNames, OWNER, STATE } from "../../../src/hardware/local/names.ts";
import { bearing, type Found, removal, sorted } from "../../../src/hardware/local/ownership.ts";
import { stateId } from "../../../src/hardware/state-mark.ts";
import { type Known, runScript } from "./fake-incus.ts";

const KEY = "ssh-ed25519 OURS";
const OURS = stateId(KEY);
const NETWORK = "hardware/network-management";
const STANDING = { loginKey: KEY, resources: new Set(["hardware/node-control", NETWORK]) };
const LOST = { loginKey: undefined, resources: new Set<string>() };
const bridge = bridgeNames("lab").management;
const node = (more: Partial<Found> = {}): Found => ({
  kind: "instance",
  name: "lab-control",
  state: undefined,
  by: undefined,
  ...more,
});
const network = (more: Partial<Found> = {}): Found => ({ ...node(more), kind: "network", name: bridge });
const names = (found: readonly Found[]) => found.map(({ name }) => name);

describe("whose it is", () => {
  const ours = { state: OURS };
  const others = { state: "ba9876543210", by: "user bob" };
  const letsIn = (key: string) => ({ loginKeys: `${key}\n` });
  it.each([
    ["nothing there", [], STANDING, [], []],
    ["marked as this state's", [node(ours), network(ours)], STANDING, [], []],
    ["marked as another's", [node(others), network(others)], STANDING, ["lab-control", bridge], []],
    ["marked, and this state is new", [node(ours)], LOST, ["lab-control"], []],
    [
      "from before marks, lets this state in",
      [node(letsIn(KEY)), network()],
      STANDING,
      [],
      ["lab-control", bridge],
    ],
    // Both states have a network of this name among their resources: the node tells whose lab it is.
    [
      "from before marks, lets another in",
      [node(letsIn("ssh-ed25519 BOB")), network()],
      STANDING,
      ["lab-control", bridge],
      [],
    ],
    [
      "from before marks, and this state is new",
      [node(letsIn(KEY)), network()],
      LOST,
      ["lab-control", bridge],
      [],
    ],
    ["a network alone, from before marks, that it has", [network()], STANDING, [], [bridge]],
    [
      "a network alone, from before marks, that it has not",
      [network()],
      { ...STANDING, resources: new Set<string>() },
      [bridge],
      [],
    ],
    ["half made, without a mark", [node({ loginKeys: "" })], STANDING, ["lab-control"], []],
  ] as const)("%s", (_, found, made, foreign, unmarked) => {
    const result = sorted("lab", found, made);
    expect(names(result.foreign)).toEqual(foreign);
    expect(names(result.unmarked)).toEqual(unmarked);
  });
});

it("leaves out what is called after another stack, or after none", () => {
  const json = JSON.stringify([
    { name: "lab-control", config: { [OWNER]: "lab", [STATE]: "x", [BY]: "user bob" } },
    { name: "lab-2-control", config: { [OWNER]: "lab-2", [STATE]: "x" } },
    { name: "lab-other", config: null },
  ]);
  expect(bearing("lab", "instance", json)).toEqual([node({ state: "x", by: "user bob" })]);
});

describe("taking over", () => {
  const remove = (known: Known, found = node({ state: "x" })) => runScript(removal("lab", found), known);
  it("removes what was found, however busy", () =>
    expect(remove({ config: { [OWNER]: "lab", [STATE]: "x" }, busy: 2 }).calls).toEqual([
      "delete --force lab-control",
    ]));
  it("removes a network", () =>
    expect(remove({ config: { [OWNER]: "lab" } }, network()).calls).toEqual([`network delete ${bridge}`]));
  it("leaves what was made anew since by another one", () => {
    for (const config of [{ [OWNER]: "lab", [STATE]: "y" }, { [OWNER]: "other", [STATE]: "x" }, {}]) {
      expect(remove({ config })).toMatchObject({ code: 1, calls: [] });
    }
  });
  it("has nothing to do when it is gone", () =>
    expect(remove({ config: null })).toMatchObject({ code: 0, calls: [] }));
});
