import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { plannedServer } from "../../../src/hardware/openstack/planned-node.ts";
import { userData } from "../../../src/hardware/openstack/user-data.ts";
import { onCloud } from "./config.ts";

interface CloudConfig {
  readonly hostname: string;
  readonly ssh_keys: Readonly<Record<string, string>>;
  readonly ssh_authorized_keys: readonly string[];
  readonly write_files: readonly { path: string; content: string }[];
}

const made = (differences: object = {}): { text: string; data: CloudConfig } => {
  const config = onCloud(differences);
  const { interfaces, addresses } = plannedServer(config, "compute");
  const text = userData(config, {
    node: "compute",
    interfaces,
    mtu: { tunnel: 1450, provider: 1442 },
    tunnelAddress: `${addresses.tunnel}/24`,
    hostKey: { private: "-----BEGIN\nkey\n-----END\n", public: "ssh-ed25519 AAAA" },
    loginKey: "ssh-ed25519 LOGIN",
  });
  return { text, data: parse(text) as CloudConfig };
};

const file = ({ write_files }: CloudConfig, name: string): string =>
  write_files.find(({ path }) => path.endsWith(name))?.content ?? "";

describe("user data", () => {
  it("is cloud-config, and JSON behind its first line", () => {
    const { text, data } = made();
    const [first, ...rest] = text.split("\n");
    expect(first).toBe("#cloud-config");
    expect(JSON.parse(rest.join("\n"))).toEqual(data);
  });

  it("puts in the name and the keys that were made for this server", () => {
    const { data } = made();
    expect(data).toMatchObject({
      hostname: "compute",
      ssh_keys: { ed25519_private: "-----BEGIN\nkey\n-----END\n", ed25519_public: "ssh-ed25519 AAAA\n" },
      ssh_authorized_keys: ["ssh-ed25519 LOGIN"],
    });
  });

  it("tells the cards apart by their hardware addresses; the provider's has no address", () => {
    const { data } = made();
    const { interfaces, addresses } = plannedServer(onCloud(), "compute");
    expect(file(data, "-management.network")).toContain(`PermanentMACAddress=${interfaces.management}`);
    expect(file(data, "-tunnel.network")).toContain(`Address=${addresses.tunnel}/24`);
    expect(file(data, "-tunnel.network")).toContain("MTUBytes=1450");
    expect(file(data, "-provider.network")).toContain("MTUBytes=1442");
    expect(file(data, "-provider.network")).not.toContain("Address=1");
    expect(new Set(Object.values(interfaces)).size).toBe(3);
  });

  it("leaves the image's package sources alone, or takes those of the configuration", () => {
    expect(made().data.write_files.some(({ path }) => path.includes("sources.list"))).toBe(false);
    const own = made({ packageSources: ["deb http://mirror.test/debian trixie main"] });
    expect(file(own.data, "/sources.list")).toBe("deb http://mirror.test/debian trixie main\n");
  });
});
