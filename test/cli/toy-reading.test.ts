import { expect, it, vi } from "vitest";
import { lab, observed } from "./fake.ts";

// The one line that a new reading adds.
vi.mock("../../src/cli/readings.ts", async (original) => {
  const module = await original<typeof import("../../src/cli/readings.ts")>();
  const { counting } = await import("./toy-reading.ts");
  return { ...module, READINGS: [...module.READINGS, counting] };
});

const setting = { lab: { observe: async () => observed() } };

it("is a command with its own options, in the help too", async () => {
  const { code, stdout } = await lab(["count", "--help"], setting);
  expect(code).toBe(0);
  expect(stdout).toContain("count the steps of services");
  expect(stdout).toContain("--lab <id>");
});

it("prints lines for people, and remarks on standard error", async () => {
  const { code, stdout, stderr } = await lab(["count", "memcached"], setting);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "lab001-local is read\n" });
  expect(stdout).toMatch(/^memcached: [1-9]\d*\n$/);
});

it("prints one object a line for programs", async () => {
  const { stdout } = await lab(["count", "memcached", "keystone", "--json"], setting);
  const records = stdout.trim().split("\n");
  expect(records.map((line) => (JSON.parse(line) as { name: string }).name)).toEqual([
    "memcached",
    "keystone",
  ]);
});

it("reads the stack as if its file said another lab", async () => {
  const { stdout } = await lab(["count", "neutron", "--lab", "lab002"], setting);
  expect(stdout).toMatch(/^neutron: [1-9]/);
  expect((await lab(["count", "neutron"], setting)).code).toBe(1);
});
