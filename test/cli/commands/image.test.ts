import { describe, expect, it } from "vitest";
import type { KnownImage } from "../../../src/run/bake.ts";
import { lab, type Parts, report } from "../fake.ts";

const image = (name: string | null, purpose: string, current: boolean): KnownImage => ({
  alias: name && `scratchstack-node-${name}`,
  fingerprint: "0123456789abcdef",
  purpose,
  bytes: 1.5 * 2 ** 30,
  made: "2026-01-02T03:04:05Z",
  current,
  by: null,
  others: false,
});
const MINE = image("new", "control of lab001", true);
const OLD = image("old", "control of lab001", false);
const TORN = image(null, "any node", false);

describe("image list", () => {
  const list = (argv: string[], images: KnownImage[]) =>
    lab(["image", "list", ...argv], { lab: { images: async () => images } });

  it("says what each is for, how large it is, and whether the stack would use it", async () => {
    const { code, stdout } = await list([], [MINE, TORN]);
    expect(stdout.split("\n")).toEqual([
      "IMAGE                  FOR                SIZE     MADE        USED BY lab001-local",
      "scratchstack-node-new  control of lab001  1.5 GiB  2026-01-02  yes",
      "0123456789ab           any node           1.5 GiB  2026-01-02  no",
      "",
      "3.0 GiB in all.",
      "",
    ]);
    expect(code).toBe(0);
  });

  it("says so where there are none", async () =>
    expect((await list([], [])).stdout).toBe("There are no node images on this machine.\n"));

  it("is for programs too", async () =>
    expect(JSON.parse((await list(["--json"], [OLD])).stdout)).toEqual({ type: "image", ...OLD }));
});

describe("image remove", () => {
  const remove = async (argv: string[], images: KnownImage[], answer?: string) => {
    const removed: string[] = [];
    const port: Partial<Parts> = {
      images: async () => images,
      removeImage: async (_stack, { alias }) => {
        removed.push(alias ?? "nameless");
      },
    };
    const setting = { lab: port, ...(answer === undefined ? {} : { answer }) };
    return { ...(await lab(["image", "remove", ...argv], setting)), removed };
  };

  it.each([
    ["what the stack does not use", [], ["scratchstack-node-old", "nameless"]],
    ["all, when told so", ["--all"], ["scratchstack-node-new", "scratchstack-node-old", "nameless"]],
  ])("removes %s", async (_, argv, names) => {
    const { code, removed } = await remove(["--yes", ...argv], [MINE, OLD, TORN]);
    expect({ code, removed }).toEqual({ code: 0, removed: names });
  });

  it("leaves what another user made, unless told so", async () => {
    const bobs = { ...OLD, by: "user bob, home /home/bob/x", others: true };
    const left = await remove(["--yes", "--all"], [MINE, bobs]);
    expect(left.removed).toEqual(["scratchstack-node-new"]);
    expect(left.stderr).toContain(
      "scratchstack-node-old is left: user bob, home /home/bob/x made it; --others",
    );
    const taken = await remove(["--others"], [bobs], "y");
    expect(taken.stderr).toContain("1.5 GiB, made by user bob, home /home/bob/x\nGo on?");
    expect(taken.removed).toEqual(["scratchstack-node-old"]);
  });

  it("has nothing to do where all are used", async () => {
    const { code, stdout, removed } = await remove(["--yes"], [MINE]);
    expect(stdout).toBe("There is no image that lab001-local does not use.\n");
    expect({ code, removed }).toEqual({ code: 0, removed: [] });
  });

  it("asks, naming what will go", async () => {
    const { stderr, stdout, removed } = await remove([], [MINE, OLD], "y");
    expect(stderr).toContain("  - scratchstack-node-old, control of lab001, 1.5 GiB\nGo on? [y/N] ");
    expect(stdout).toBe("Removed: scratchstack-node-old.\n");
    expect(removed).toEqual(["scratchstack-node-old"]);
  });

  it("takes all else for no", async () => {
    const { code, stdout, removed } = await remove([], [OLD], "");
    expect({ code, stdout, removed }).toEqual({ code: 1, stdout: "All images were left.\n", removed: [] });
  });

  it("refuses without a terminal to ask at", async () => {
    const { code, stderr, removed } = await remove([], [OLD]);
    expect(stderr).toMatch(/^image remove asks before it removes, .* Use --yes/m);
    expect({ code, removed }).toEqual({ code: 2, removed: [] });
  });

  it("tells programs what went", async () => {
    const { stdout } = await remove(["--yes", "--json"], [OLD]);
    expect(JSON.parse(stdout)).toEqual({
      type: "summary",
      stack: "lab001-local",
      removed: ["scratchstack-node-old"],
    });
  });
});

describe("image bake", () => {
  const bake = (parts: object, stack = "config:\n  scratchstack:lab: lab001\n") =>
    lab(["image", "bake"], { lab: { bake: async () => report(parts) }, stacks: { mine: stack } });

  it("says how to switch the images on", async () => {
    const { code, stdout } = await bake({ changed: 1, unchanged: 1 });
    expect(stdout).toMatch(
      /^Images of mine: 1 made, 1 there already, in 3\.4 s\.\nNo node is made of them yet\. /,
    );
    expect(stdout).toMatch(/Pulumi\.mine\.yaml: scratchstack:hardware: \{ bakedImages: true \}\n$/);
    expect(code).toBe(0);
  });

  it("does not where they are on", async () => {
    const on = "config:\n  scratchstack:lab: lab001\n  scratchstack:hardware: { bakedImages: true }\n";
    expect((await bake({ unchanged: 2 }, on)).stdout).toContain("from now on are made of them.\n");
  });

  it("shows what an image failed with", async () => {
    const failed = [
      { name: "hardware/image-control", node: "control", message: "disk full", log: "/logs/x" },
    ];
    const { code, stdout, stderr } = await bake({ ok: false, failed });
    expect(stderr).toContain(
      "✘ hardware/image-control on control failed\n  What it said last:\n    disk full\n",
    );
    expect(stdout).not.toContain("bakedImages");
    expect(code).toBe(1);
  });
});
