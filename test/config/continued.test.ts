import { expect, it } from "vitest";
import { LAB_ROLES } from "../../src/config/labs.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";

const labs = Object.keys(LAB_ROLES).sort();
const steps = labs.slice(1).map((lab, index) => [labs[index] ?? "", lab] as const);

it.each(steps)(
  "from %s to %s the nodes there are stay as they are, and so do the networks",
  (before, after) => {
    const [one, two] = [before, after].map((lab) => parseStackConfig("lab001-local", { lab }));
    expect(two?.nodes).toMatchObject(one?.nodes ?? {});
    expect(two?.hardware).toEqual(one?.hardware);
    expect(two?.settings).toEqual(one?.settings);
  },
);

it("a network node gets the next free number", () => {
  const { nodes } = parseStackConfig("lab001-local", { lab: "lab002" });
  expect(Object.entries(nodes).map(([name, { number }]) => [name, number])).toEqual([
    ["control", 11],
    ["compute", 12],
    ["network", 13],
  ]);
});
