import { describe, expect, it } from "vitest";
import { guestRecipe } from "../../../src/hardware/guest/recipe.ts";
import { guestDirectory, guestScript } from "../../../src/hardware/guest/script.ts";
import { imageAlias, imageScript } from "../../../src/hardware/local/image.ts";
import { customizeScript, nodeRecipe } from "../../../src/hardware/local/recipe.ts";

const SOURCES = ["deb http://mirror.test/debian trixie main"];
const RECIPE = nodeRecipe(SOURCES, null);

describe("node image", () => {
  it("has the same name as long as it is made of the same", () => {
    expect(imageAlias(nodeRecipe([...SOURCES], null))).toBe(imageAlias(RECIPE));
    expect(imageAlias(RECIPE)).toMatch(/^scratchstack-node-[0-9a-f]{12}$/);
  });

  it.each([
    ["sources", nodeRecipe(["deb http://other.test/debian trixie main"], null)],
    ["proxy", nodeRecipe(SOURCES, "http://127.0.0.1:1")],
    ["packages", { ...RECIPE, packages: ["systemd"] }],
    ["files", { ...RECIPE, files: { "/etc/x": "y" } }],
    ["executable", { ...RECIPE, executable: [] }],
    ["masked units", { ...RECIPE, masked: [] }],
    ["last touches", { ...RECIPE, finish: "true" }],
    ["dpkg", { ...RECIPE, dpkg: [] }],
  ])("is another one with other %s", (_, other) => expect(imageAlias(other)).not.toBe(imageAlias(RECIPE)));

  it("fetches through the package cache, also on the node, only where it is on", () => {
    expect(imageScript(nodeRecipe(SOURCES, "http://127.0.0.1:1"), "/c")).toContain(
      `--aptopt='Acquire::http::Proxy "http://127.0.0.1:1";'`,
    );
    expect(imageScript(RECIPE, "/c")).not.toContain("Proxy");
  });

  it("holds services back and leaves no host key in", () => {
    const script = customizeScript(RECIPE);
    expect(script).toContain('chmod 0755 "$1"/usr/sbin/policy-rc.d');
    expect(script).toContain("exit 101");
    expect(script).toContain('rm -f "$1"/etc/ssh/ssh_host_*');
  });
});

describe("guest", () => {
  it("is named by what it is made of", () => {
    const recipe = guestRecipe(SOURCES, null);
    const directory = guestDirectory(recipe, "/c");
    expect(directory).toMatch(/^\/c\/guest\/[0-9a-f]{12}$/);
    expect(
      guestDirectory({ ...recipe, files: { ...recipe.files, "/etc/start": "#!/bin/sh" } }, "/c"),
    ).not.toBe(directory);
    expect(guestDirectory({ ...recipe, modules: ["virtio_net"] }, "/c")).not.toBe(directory);
  });

  it("has real programs where BusyBox has none or less, never over BusyBox itself", () => {
    const script = guestScript(guestRecipe(SOURCES, null), "/c/guest/x");
    expect(script).toContain(
      "for program in sbin/dropbear bin/dropbearkey bin/curl sbin/mke2fs bin/lsblk; do",
    );
    expect(script.indexOf('rm -f "$root/bin/')).toBeLessThan(script.indexOf('cp "$parts/usr/$program"'));
    expect(script).toContain('ln -s mke2fs "$root/sbin/mkfs.ext4"');
  });

  it("can be read by nodes, which are other users, whatever the umask", () => {
    expect(guestScript(guestRecipe(SOURCES, null), "/c/guest/x")).toContain('chmod 0755 "$directory"');
  });

  it("puts the kernel in place last, so that where it is, all is", () => {
    const script = guestScript(guestRecipe(SOURCES, null), "/c/guest/x");
    const moves = script.match(/^mv .*$/gm) ?? [];
    expect(moves.at(-1)).toContain("vmlinuz");
    expect(script.indexOf("initrd.gz")).toBeLessThan(script.lastIndexOf("vmlinuz"));
  });
});
