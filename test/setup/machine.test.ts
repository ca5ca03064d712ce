import { describe, expect, it } from "vitest";
import { poolSize } from "../../src/setup/incus/pool.ts";
import { backportsLine, parseIndexTargets } from "../../src/setup/machine/apt.ts";
import { isSupported, parseOsRelease } from "../../src/setup/machine/debian.ts";
import { clockFinding, signedAt } from "../../src/setup/requirements/clock.ts";
import { diskFinding } from "../../src/setup/requirements/disk.ts";
import { memoryFinding } from "../../src/setup/requirements/memory.ts";
import backports from "../cases/setup/backports.json" with { type: "json" };
import clocks from "../cases/setup/clock.json" with { type: "json" };
import systems from "../cases/setup/os-release.json" with { type: "json" };

const GIB = 2 ** 30;

describe("operating system", () => {
  it.each(systems)("$name", ({ text, found, supported }) => {
    const system = parseOsRelease(text);
    expect(system).toEqual(found);
    expect(isSupported(system)).toBe(supported);
  });
});

describe("backports", () => {
  it.each(backports)("$name", ({ targets, line }) => {
    expect(backportsLine(parseIndexTargets(targets), "bookworm") ?? null).toBe(line);
  });
});

describe("clock", () => {
  it.each(clocks)("$name", ({ now, release, synchronized, state }) => {
    expect(clockFinding(Date.parse(now), signedAt(release), synchronized).state).toBe(state);
  });
});

describe("sizes", () => {
  it.each([
    [6, "missing"],
    [8, "warn"],
    [9.7, "ok"],
  ])("%d GiB of memory: %s", (gib, state) => {
    expect(memoryFinding(gib * GIB).state).toBe(state);
  });

  it.each([
    [5, "missing"],
    [15, "warn"],
    [40, "ok"],
  ])("%d GiB of disk: %s", (gib, state) => {
    expect(diskFinding(gib * GIB).state).toBe(state);
  });

  it.each([
    [5, 10],
    [50, 40],
    [900, 100],
  ])("a pool where %d GiB are free has %d", (free, size) => {
    expect(poolSize(free * GIB)).toBe(size);
  });
});
