import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { enginePin } from "../../src/config/engine.ts";
import { archiveUrl } from "../../src/setup/engine/download.ts";
import { compareVersions, isNewEnough } from "../../src/setup/engine/version.ts";
import versions from "../cases/setup/versions.json" with { type: "json" };

describe("engine on PATH", () => {
  it.each(versions)("$name", ({ version, ok }) => {
    expect(isNewEnough(version, "3.245.0", "4.0.0")).toBe(ok);
  });
});

describe("versions", () => {
  it("compare number by number", () => {
    expect(compareVersions("1.10", "1.9.5")).toBeGreaterThan(0);
    expect(compareVersions("v1.2.0", "1.2")).toBe(0);
  });
});

describe("pins", () => {
  const pin = enginePin();

  it("name the version of the SDKs that are installed", () => {
    expect(pin.version).toBe(manifest.dependencies["@pulumi/pulumi"]);
    expect(pin.openstackPlugin).toBe(manifest.dependencies["@pulumi/openstack"]);
  });

  it("hold a whole checksum for each architecture", () => {
    expect(Object.keys(pin.sha256).sort()).toEqual(["arm64", "x64"]);
    for (const sum of Object.values(pin.sha256)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
  });

  it("give the official address, or one on a mirror", () => {
    expect(archiveUrl("3.245.0", "x64")).toBe(
      "https://get.pulumi.com/releases/sdk/pulumi-v3.245.0-linux-x64.tar.gz",
    );
    expect(archiveUrl("3.245.0", "arm64", "http://127.0.0.1:1/x/")).toBe(
      "http://127.0.0.1:1/x/pulumi-v3.245.0-linux-arm64.tar.gz",
    );
  });
});
