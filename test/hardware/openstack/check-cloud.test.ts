import { describe, expect, it } from "vitest";
import { checkCloud } from "../../../src/hardware/openstack/check-cloud.ts";
import type { Seen } from "../../../src/hardware/openstack/observe.ts";
import cases from "../../cases/hardware/openstack/judge.json" with { type: "json" };
import { onCloud } from "./config.ts";

const ROOMY: Seen = {
  images: [
    {
      id: "11111111-1111-1111-1111-111111111111",
      name: "debian-13",
      status: "active",
      min_disk: 0,
      min_ram: 0,
    },
    { id: "22222222-2222-2222-2222-222222222222", name: "cirros", status: "active", min_disk: 0, min_ram: 0 },
  ],
  flavors: [
    { id: "1", name: "m1.tiny", vcpus: 1, ram: 512, disk: 1 },
    { id: "2", name: "m1.medium", vcpus: 2, ram: 4096, disk: 40 },
  ],
  externalNetworks: [{ id: "e", name: "public" }],
  zones: ["nova"],
  extensions: ["router", "port-security"],
  quotas: {},
  own: { servers: [] },
  missing: [],
};

describe("what a cloud lacks", () => {
  it.each(cases)("$case", ({ hardware, seen, problems }) => {
    const found = checkCloud("lab", onCloud(hardware), { ...ROOMY, ...seen } as Seen);
    expect(
      found.map(({ where, found: was, expected }) => `${where}: found ${was}, expected ${expected}`),
    ).toEqual(problems);
    for (const { fix } of found) expect(fix).not.toBe("");
  });
});
