import { describe, expect, it } from "vitest";
import { failures, SHAPES } from "../../src/plugin/inputs.ts";
import { ARCHIVE, ASSET, MARK, type Properties, secret, UNKNOWN } from "../../src/plugin/values.ts";

const connection = { host: "node", hostKey: "ssh-ed25519 AAAA" };
const remote = (inputs: Properties) => failures(SHAPES["command:remote:Command"], inputs);
const copy = (source: Properties) =>
  failures(SHAPES["command:remote:CopyToRemote"], { connection, remotePath: "/etc/x", source });

describe("failures", () => {
  it.each<[string, Properties]>([
    [
      "all there is",
      { connection: secret(connection), create: "a", environment: { A: secret("b") }, triggers: [1] },
    ],
    ["a connection that is not known", { connection: secret(UNKNOWN), create: UNKNOWN }],
    ["parts that are not known", { connection: { host: UNKNOWN, port: UNKNOWN, hostKey: UNKNOWN } }],
    ["nulls", { connection: { ...connection, proxy: null }, update: null }],
  ])("nothing is wrong with %s", (_name, inputs) => {
    expect(remote(inputs)).toEqual([]);
  });

  it.each<[Properties, string, string]>([
    [{}, "connection", "expected object"],
    [{ connection: { host: "node" } }, "connection.hostKey", "no host is trusted on first use"],
    [{ connection: { ...connection, port: "22" } }, "connection.port", "expected number"],
    [{ connection: { ...connection, proxy: { host: "jump" } } }, "connection.proxy.hostKey", "missing"],
    [{ connection, environment: { A: 1 } }, "environment.A", "expected string"],
    [{ connection, logging: "loud" }, "logging", "stdoutAndStderr"],
    [{ connection, dir: "/" }, "", "dir"],
  ])("%j", (inputs, property, reason) => {
    expect(remote(inputs)).toEqual([{ property, reason: expect.stringContaining(reason) }]);
  });

  it("accepts files, folders and texts to copy, nothing else", () => {
    expect(copy({ [MARK]: ASSET, path: "a", hash: "h" })).toEqual([]);
    expect(copy({ [MARK]: ASSET, text: "", hash: "h" })).toEqual([]);
    expect(copy({ [MARK]: ARCHIVE, path: "a/", hash: "h" })).toEqual([]);
    expect(copy({ [MARK]: ASSET, uri: "https://example.org" })).toMatchObject([{ property: "source" }]);
    expect(copy({ [MARK]: ARCHIVE, assets: {} })).toMatchObject([{ property: "source" }]);
  });
});
