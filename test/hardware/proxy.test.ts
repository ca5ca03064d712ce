import { type AddressInfo, createServer } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { plannedNodes } from "../../src/hardware/lookup.ts";
import { unproxied } from "../../src/hardware/no-proxy.ts";
import { aptProxyScript } from "../../src/hardware/proxy.ts";
import { silentProxies } from "../../src/hardware/proxy-reach.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";
import { syntaxError } from "../actions/shell.ts";

const config = (proxy: object) => parseStackConfig("mine", { lab: "lab001", settings: { proxy } });

describe("apt on a node", () => {
  it("fetches through the proxy, but for what is reached directly", () => {
    const script = aptProxyScript(config({ http: "http://a:1", noProxy: ["mirror.example.org"] }));
    expect(syntaxError(script)).toBe("");
    for (const scheme of ["http", "https"]) {
      expect(script).toContain(`\nAcquire::${scheme}::Proxy "http://a:1";\n`);
      expect(script).toContain(`\nAcquire::${scheme}::Proxy::mirror.example.org "DIRECT";\n`);
    }
    expect(script).toContain("chmod 0644");
  });

  it("keeps a password for root", () => {
    expect(aptProxyScript(config({ http: "http://u:p@a:1" }))).toContain("chmod 0600");
  });
});

describe("a proxy", () => {
  it("that answers is no problem, and that none is wanted neither", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    expect(await silentProxies(config({ http: `http://u:p@127.0.0.1:${port}` }))).toEqual([]);
    expect(await silentProxies(config({}))).toEqual([]);
  });

  it("that does not answer is named, without its password", async () => {
    const found = await silentProxies(config({ http: "http://u:hush-hush@127.0.0.1:1" }));
    expect(found).toEqual([
      expect.objectContaining({
        where: "settings.proxy.http",
        found: "the proxy 127.0.0.1:1, which does not answer (ECONNREFUSED)",
      }),
    ]);
    expect(JSON.stringify(found)).not.toContain("hush-hush");
  });
});

it("the lab is reached without one: this machine, its nodes by name and address, its networks", () => {
  const lab = parseStackConfig("mine", {
    lab: "lab001",
    hardware: {
      networks: {
        management: { cidr: "10.1.0.0/24" },
        tunnel: { cidr: "10.2.0.0/24" },
        provider: { cidr: "10.3.0.0/24" },
      },
    },
  });
  expect(unproxied(lab, plannedNodes(lab)).join(" ")).toBe(
    "localhost 127.0.0.1 ::1 control 10.1.0.11 compute 10.1.0.12 10.1.0.0/24 10.2.0.0/24 10.3.0.0/24",
  );
});
