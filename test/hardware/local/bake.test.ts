import { describe, expect, it } from "vitest";
import { bakedRecipe, installScript } from "../../../src/hardware/local/bake.ts";
import { imageAlias, imageScript } from "../../../src/hardware/local/image.ts";
import { ourImages, plannedImages } from "../../../src/hardware/local/images.ts";
import { COMPLETE } from "../../../src/hardware/local/names.ts";
import { unlessThere } from "../../../src/hardware/local/node.ts";
import { customizeScript, nodeRecipe } from "../../../src/hardware/local/recipe.ts";
import { CONFIG } from "../stack.ts";
import { runScript } from "./fake-incus.ts";

const BASE = nodeRecipe(["deb http://mirror.test/debian trixie main"], null);
const alias = (...packages: string[]) => imageAlias(bakedRecipe(BASE, packages));

describe("a baked image", () => {
  it("is named by its packages, in whatever order they come", () => {
    expect(alias("nova-api", "glance-api")).toMatch(/^scratchstack-node-[0-9a-f]{12}$/);
    expect(alias("glance-api", "nova-api", "glance-api")).toBe(alias("nova-api", "glance-api"));
  });

  it("is the image of all nodes where there are no packages", () => expect(alias()).toBe(imageAlias(BASE)));

  it.each([
    ["other packages", alias("nova-api")],
    ["other files below", imageAlias(bakedRecipe({ ...BASE, files: {} }, ["nova-api", "glance-api"]))],
    ["no packages", imageAlias(BASE)],
  ])("is another one with %s", (_, other) => expect(other).not.toBe(alias("nova-api", "glance-api")));

  it("has the same name whatever it is for", () => {
    const recipe = bakedRecipe(BASE, ["nova-api"]);
    const [one, two] = ["control", "all nodes"].map((purpose) => imageScript(recipe, "/c", purpose));
    expect(one?.replace('"control"', '"all nodes"')).toBe(two);
  });

  it("installs once services are held back, and before keys and ids are taken out", () => {
    const script = customizeScript(bakedRecipe(BASE, ["nova-api"]));
    const order = ["/usr/sbin/policy-rc.d", "--download-only install nova-api", "/etc/ssh/ssh_host_*"];
    const places = order.map((text) => script.indexOf(text));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it("installs where no daemon survives, and where this machine's name and addresses are unknown", () => {
    const script = installScript(["nova-api"]);
    const install = script.slice(script.indexOf("unshare"), script.indexOf("apt-get clean"));
    for (const option of ["--pid", "--kill-child", "--net", "--uts", "--no-download"]) {
      expect(install).toContain(option);
    }
  });

  it.each([".erlang.cookie", "initiatorname.iscsi"])("leaves %s to each node", (own) => {
    expect(installScript(["x"])).toMatch(new RegExp(`^rm -f .*${own}`, "m"));
    const files = Object.values(bakedRecipe(BASE, ["x"]).files).join("\n");
    expect(files).toMatch(new RegExp(`^if .*${own}.*then new=`, "m"));
  });

  it("is not kept in the cache besides", () => {
    const forget = 'rm -f "$base.tar" "$base.meta.tar"';
    expect(imageScript(bakedRecipe(BASE, ["x"]), "/c")).toContain(forget);
    expect(imageScript(BASE, "/c")).not.toContain(forget);
  });
});

describe("the images of a stack", () => {
  const plan = (packages: Record<string, string[]>, nodes = ["control", "one", "two"]) => {
    const node = { roles: [], number: 11, memory: "1GiB", cpus: null };
    const config = { ...CONFIG, nodes: Object.fromEntries(nodes.map((name) => [name, node])) };
    return plannedImages(config, packages, BASE, "/c").map(({ baked, nodes }) => [baked, ...nodes]);
  };

  it.each([
    [
      "nodes with the same packages share one",
      { control: ["nova-api"], one: ["qemu", "nova-compute"], two: ["nova-compute", "qemu"] },
      [
        [false, "control", "one", "two"],
        [true, "control"],
        [true, "one", "two"],
      ],
    ],
    [
      "a node without packages has that of all nodes",
      { control: ["nova-api"], one: [] },
      [
        [false, "control", "one", "two"],
        [true, "control"],
      ],
    ],
    ["a course without packages bakes none", {}, [[false, "control", "one", "two"]]],
  ])("%s", (_, packages, images) => expect(plan(packages)).toEqual(images));

  it("say what they are for", () => {
    const [plain, baked] = plannedImages(CONFIG, { compute: ["x"] }, BASE, "/c");
    expect(plain?.script).toContain(`purpose='"any node"'`);
    expect(baked?.script).toContain(`purpose='"compute of lab001"'`);
  });
});

describe("images on this machine", () => {
  const image = (name: string | null, made: string, properties: Record<string, string> | null) => ({
    aliases: name === null ? null : [{ name }],
    fingerprint: `fingerprint of ${name}`,
    size: 5,
    created_at: made,
    properties,
  });
  const read = (...all: object[]) =>
    ourImages(JSON.stringify(all)).map(({ alias, purpose }) => [alias, purpose]);

  it("are ours by their name; oldest first", () => {
    const newer = image("scratchstack-node-1", "2026-02", { "scratchstack.for": "control of lab001" });
    expect(
      read(newer, image("debian/13", "2026-01", null), image("scratchstack-node-2", "2026-01", {})),
    ).toEqual([
      ["scratchstack-node-2", "any node"],
      ["scratchstack-node-1", "control of lab001"],
    ]);
  });

  it("are ours also where the name was not given any more", () => {
    expect(read(image(null, "2026-01", { description: "scratchstack node" }))).toEqual([[null, "any node"]]);
    expect(read(image(null, "2026-01", { description: "Debian" }))).toEqual([]);
  });
});

describe("an image for a node", () => {
  const make = unlessThere("lab-control", "incus make image");

  it("is not made where the node stands", () =>
    expect(runScript(make, { config: { [COMPLETE]: "x" } })).toMatchObject({ code: 0, calls: [] }));
  it.each([
    ["is not there", null],
    ["was cut off while it was made", {}],
  ])("is made where the node %s", (_, config) =>
    expect(runScript(make, { config }).calls).toEqual(["make image"]),
  );
});
