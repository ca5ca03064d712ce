import { describe, expect, it } from "vitest";
import { hasProxy, proxiesOf, proxyEnvironment, proxyPlaces } from "../../src/config/proxy.ts";
import { secretsIn } from "../../src/config/secret-value.ts";
import { parseStackConfig } from "../../src/hardware/stack-config.ts";

const config = (proxy?: object) =>
  parseStackConfig("mine", { lab: "lab001", settings: proxy === undefined ? {} : { proxy } });
const HTTP = "http://u:p%40ss-word@proxy.example.org:3128";

describe("settings.proxy", () => {
  it("is none by default", () => {
    expect(hasProxy(config())).toBe(false);
    expect(proxyEnvironment(config(), ["control"])).toEqual({});
    expect(proxyPlaces(config())).toEqual([]);
  });

  it("is for https what it is for http, unless that is said", () => {
    expect(proxiesOf(config({ http: HTTP }))).toEqual({ http: HTTP, https: HTTP });
    expect(proxiesOf(config({ https: "https://b:8443" }))).toEqual({ https: "https://b:8443" });
  });

  it("is variables in both spellings, with what is reached directly", () => {
    const found = proxyEnvironment(config({ http: "http://a:1", noProxy: ["mirror.example.org"] }), [
      "control",
    ]);
    expect(found).toEqual({
      http_proxy: "http://a:1",
      https_proxy: "http://a:1",
      no_proxy: "control,mirror.example.org",
      HTTP_PROXY: "http://a:1",
      HTTPS_PROXY: "http://a:1",
      NO_PROXY: "control,mirror.example.org",
    });
  });

  it("has a place without its password", () => {
    expect(proxyPlaces(config({ http: HTTP, https: "https://b" }))).toEqual([
      { key: "settings.proxy.http", host: "proxy.example.org", port: 3128 },
      { key: "settings.proxy.https", host: "b", port: 443 },
    ]);
  });

  it("has a password that is masked, as it is written and as it is meant", () => {
    expect(secretsIn(config({ http: HTTP }))).toEqual(["u:p%40ss-word", "p%40ss-word", "p@ss-word"]);
    expect(secretsIn(config({ http: "http://a:1" }))).toEqual([]);
  });

  it.each([
    "proxy.example.org:3128",
    "ftp://a",
    "http://a:1/path",
    'http://a";evil:1',
    "http://u:hush-hush@",
  ])("%s is refused, and not shown", (http) => {
    const parse = () => config({ http });
    expect(parse).toThrow("settings.proxy.http: found text, expected the URL of a proxy");
    expect(parse).not.toThrow("hush-hush");
  });

  it("may be encrypted", () => {
    expect(hasProxy(config({ http: { secure: "v1:xyz" } }))).toBe(true);
  });
});
