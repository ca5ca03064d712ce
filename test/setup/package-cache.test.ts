import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { packageCachePort, packageCacheUrl, throughPackageCache } from "../../src/config/package-cache.ts";
import { cacheConfig, cacheUnit } from "../../src/setup/package-cache/config.ts";
import { removeIndices } from "../../src/setup/package-cache/indices.ts";

const settings = { cacheFolder: "/c/packages", logFolder: "/h/log", port: 13142, sources: [], proxy: "" };

describe("address", () => {
  it("is on loopback, on a port that can be chosen", () => {
    expect(packageCacheUrl({})).toBe("http://127.0.0.1:13142");
    expect(packageCachePort({ SCRATCHSTACK_CACHE_PORT: "4000" })).toBe(4000);
  });

  it.each(["80", "40000", "x", "", "131.5"])("rejects the port '%s'", (port) => {
    expect(() => packageCachePort({ SCRATCHSTACK_CACHE_PORT: port })).toThrow(
      "SCRATCHSTACK_CACHE_PORT: found",
    );
  });

  it("of an https source is rewritten so that the cache can read it", () => {
    expect(throughPackageCache("https://mirror.example/debian")).toBe("http://HTTPS///mirror.example/debian");
    expect(throughPackageCache("http://mirror.example/debian")).toBe("http://mirror.example/debian");
  });
});

describe("configuration", () => {
  it("listens on loopback alone", () => {
    expect(cacheConfig(settings)).toContain("\nBindAddress: 127.0.0.1\n");
  });

  it("allows the ports of this machine's sources and no others", () => {
    const sources = [
      "http://mirror.example:8080/debian/",
      "https://other.example/",
      "file:///srv",
      "cdrom:[x]/",
    ];
    expect(cacheConfig({ ...settings, sources })).toContain("\nAllowUserPorts: 80 443 8080\n");
    expect(cacheConfig(settings)).toContain("\nAllowUserPorts: 80 443\n");
  });

  it("uses this machine's proxy where there is one", () => {
    expect(cacheConfig({ ...settings, proxy: "http://proxy.example:3128" })).toContain(
      "\nProxy: http://proxy.example:3128\n",
    );
    expect(cacheConfig(settings)).not.toContain("Proxy:");
  });

  it("treats index files as unchanging, so that the daemon does not fetch them again", () => {
    const pattern = /^SPfilePatternEx: (.*)$/m.exec(cacheConfig(settings))?.[1] ?? "";
    const index = new RegExp(pattern);
    const base = "deb.example/debian/dists/trixie";
    for (const name of [
      "InRelease",
      "Release.gpg",
      "main/binary-amd64/Packages.xz",
      "main/i18n/Translation-en.bz2",
    ]) {
      expect(index.test(`${base}/${name}`), name).toBe(true);
    }
    expect(index.test("deb.example/debian/pool/main/r/release/release_1_all.deb")).toBe(false);
  });

  it("runs as the user whose cache it is", () => {
    expect(cacheUnit("/h/package-cache", "/c/packages", "ann")).toContain("\nUser=ann\n");
  });
});

describe("index files", () => {
  const DAY = 86_400_000;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "indices-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  async function file(path: string, days: number): Promise<void> {
    const full = join(folder, path);
    await mkdir(dirname(full), { recursive: true });
    await writeFile(full, "");
    const time = new Date(Date.now() - days * DAY);
    await utimes(full, time, time);
  }
  const left = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());

  it("stay for a week", async () => {
    await file("m/debian/dists/trixie/InRelease", 6);
    expect(await removeIndices(folder)).toBe(0);
    expect(left()).toHaveLength(1);
  });

  it("are all removed once one is a week old, and packages stay", async () => {
    await file("m/debian/dists/trixie/InRelease", 8);
    await file("m/debian/dists/trixie/InRelease.head", 8);
    await file("m/debian/dists/trixie-updates/InRelease", 1);
    await file("m/debian/dists/trixie/main/binary-amd64/by-hash/SHA256/abc", 8);
    await file("m/debian/pool/main/h/hello/hello_1_amd64.deb", 30);
    expect(await removeIndices(folder)).toBe(3);
    expect(
      left()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["abc", "hello_1_amd64.deb"]);
  });

  it("are removed at once when asked", async () => {
    await file("m/debian/dists/trixie/InRelease", 0);
    expect(await removeIndices(folder, 0)).toBe(1);
  });

  it("are none where there is no cache", async () => {
    expect(await removeIndices(join(folder, "none"))).toBe(0);
  });
});
