import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/config/errors.ts";
import { NOTHING } from "../../../src/engine/stack.ts";
import type { Topology } from "../../../src/graph/types.ts";
import type { Source } from "../../../src/handbook/index.ts";
import { lab, observed } from "../fake.ts";

const written = { folder: "/x/book", start: "/x/book/index.html", pages: 40, secret: true };

const TOPOLOGY: Topology = {
  stack: "lab001-local",
  lab: "lab001",
  title: "Two nodes",
  release: "2025.1",
  hardware: "local",
  madeOf: "containers on this machine",
  networks: [],
  neighbours: [],
  nodes: [],
  links: [],
};

/** A lab that takes down what a handbook was asked of it. */
function taking(exists = true) {
  const asked: { out: string; source: Source }[] = [];
  return {
    asked,
    lab: {
      observe: async () => (exists ? observed() : NOTHING),
      topology: async () => TOPOLOGY,
      handbook: async (out: string, source: Source) => {
        asked.push({ out, source });
        return { ...written, secret: exists && !source.share };
      },
    },
  };
}

describe("lab handbook", () => {
  it("says where it went, how to open it, and that it holds passwords", async () => {
    const fake = taking();
    const { code, stdout, stderr } = await lab(["handbook", "--out", "book"], fake);
    expect(code).toBe(0);
    expect(stdout).toContain("40 pages");
    expect(stdout).toContain("file:///x/book/index.html");
    expect(stderr).toContain("only you can read it");
    expect(fake.asked[0]?.source.topology).toContain("<svg");
    expect(fake.asked[0]).toMatchObject({
      out: "book",
      source: { stack: "lab001-local", share: false, config: { lab: "lab001" }, observed: { exists: true } },
    });
  });

  it("leaves passwords out where it is asked to", async () => {
    const fake = taking();
    const { stderr } = await lab(["handbook", "--out", "book", "--share"], fake);
    expect(fake.asked[0]?.source.share).toBe(true);
    expect(stderr).toBe("");
  });

  it("is made of the configuration where nothing stands", async () => {
    const { code, stderr } = await lab(["handbook", "--out", "book"], taking(false));
    expect(code).toBe(0);
    expect(stderr).toContain("lab001-local is not built");
  });

  it("is made of the configuration where the state cannot be read", async () => {
    const fake = taking();
    const observe = async () => {
      throw new UserError("no engine yet", 1);
    };
    const { code, stderr } = await lab(["handbook", "--out", "book"], { lab: { ...fake.lab, observe } });
    expect(code).toBe(0);
    expect(stderr).toContain("no engine yet");
    expect(fake.asked[0]?.source.observed.exists).toBe(false);
  });

  it("answers programs with one object", async () => {
    const { stdout } = await lab(["handbook", "--out", "book", "--json"], taking());
    expect(JSON.parse(stdout)).toEqual({ type: "handbook", stack: "lab001-local", ...written });
  });

  it("wants a folder", async () => {
    const { code, stderr } = await lab(["handbook"], {});
    expect(code).toBe(2);
    expect(stderr).toContain("--out: name a folder");
  });
});
