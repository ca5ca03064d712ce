import { describe, expect, it } from "vitest";
import {
  contains,
  formatAddress,
  hostAddress,
  overlap,
  parseAddress,
  parseCidr,
} from "../../src/config/ipv4.ts";
import { BLOCKS, blocksIn, hashedBlock, NETWORKS, networkIn } from "../../src/config/networks.ts";

const cidr = (text: string) => {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(`not a network: ${text}`);
  return parsed;
};

const defaultCidr = (stack: string, network: (typeof NETWORKS)[number]) =>
  networkIn(hashedBlock(stack), network);

describe("default networks", () => {
  const stacks = Array.from({ length: 500 }, (_, index) => `lab${index}`);

  it("are three different /24s in the range", () => {
    for (const stack of stacks) {
      const three = NETWORKS.map((name) => defaultCidr(stack, name));
      expect(new Set(three).size).toBe(3);
      for (const text of three) {
        const { base, broadcast, prefix } = cidr(text);
        expect(prefix).toBe(24);
        expect(base).toBeGreaterThanOrEqual(parseAddress("10.64.0.0") ?? 0);
        expect(broadcast).toBeLessThanOrEqual(parseAddress("10.254.255.255") ?? 0);
      }
    }
  });

  it("are always the same for a name and spread over names", () => {
    expect(defaultCidr("lab001-local", "management")).toBe("10.87.20.0/24");
    expect(new Set(stacks.map((stack) => defaultCidr(stack, "management"))).size).toBeGreaterThan(480);
  });
});

describe("blocks", () => {
  it.each([
    ["10.64.0.0/24", 0, 0],
    ["10.64.3.0/24", 0, 0],
    ["10.64.4.0/22", 1, 1],
    ["10.0.0.0/8", 0, BLOCKS - 1],
    ["10.254.252.0/22", BLOCKS - 1, BLOCKS - 1],
    ["0.0.0.0/1", 0, BLOCKS - 1],
  ])("%s overlaps %i to %i", (text, from, to) => {
    expect(blocksIn(cidr(text))).toEqual({ from, to });
  });

  it.each(["10.0.0.0/16", "192.168.0.0/16", "10.255.0.0/16"])("%s overlaps none", (text) => {
    const { from, to } = blocksIn(cidr(text));
    expect(from).toBeGreaterThan(to);
  });
});

describe("IPv4", () => {
  it.each(["1.2.3", "1.2.3.256", "a.b.c.d", "1.2.3.4.5", "1.2.3.4 ", ""])("%j is no address", (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
  it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.1/24", "10.0.0.0/", "10.0.0.0/8/8", "/8"])(
    "%j is no network",
    (text) => {
      expect(parseCidr(text)).toBeUndefined();
    },
  );
  it("goes both ways", () => {
    for (const text of ["0.0.0.0", "10.64.0.1", "255.255.255.255"]) {
      expect(formatAddress(parseAddress(text) ?? -1)).toBe(text);
    }
    expect(hostAddress("10.1.2.0/24", 11)).toBe("10.1.2.11");
    expect(() => hostAddress("10.1.2.0", 11)).toThrow("not an IPv4 network");
  });
  it("knows what is inside and what overlaps", () => {
    expect(contains(cidr("10.1.2.0/24"), parseAddress("10.1.2.255") ?? 0)).toBe(true);
    expect(contains(cidr("10.1.2.0/24"), parseAddress("10.1.3.0") ?? 0)).toBe(false);
    expect(overlap(cidr("10.1.0.0/16"), cidr("10.1.2.0/24"))).toBe(true);
    expect(overlap(cidr("10.1.2.0/24"), cidr("10.1.0.0/16"))).toBe(true);
    expect(overlap(cidr("10.1.2.0/24"), cidr("10.1.3.0/24"))).toBe(false);
  });
});
