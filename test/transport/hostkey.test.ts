import { describe, expect, it } from "vitest";
import { hostKey } from "../../src/transport/hostkey.ts";

const KEY = Buffer.from("a public key");
const BASE64 = KEY.toString("base64");

describe("hostKey", () => {
  it.each([
    ["ssh-ed25519", ["ssh-ed25519"]],
    ["ecdsa-sha2-nistp256", ["ecdsa-sha2-nistp256"]],
    ["ssh-rsa", ["rsa-sha2-512", "rsa-sha2-256"]],
  ])("offers for %s only what can show that key", (type, algorithms) => {
    const key = hostKey({ host: "node", hostKey: `${type} ${BASE64} root@node\n` });
    expect(key.algorithms).toEqual(algorithms);
    expect(key.matches(KEY)).toBe(true);
    expect(key.matches(Buffer.from("another key"))).toBe(false);
  });

  it.each([
    [undefined, "hostKey is missing"],
    [" ", "hostKey is missing"],
    ["ssh-dss AAAA", "is not `type base64`"],
    ["ssh-ed25519", "is not `type base64`"],
  ])("refuses %j", (text, message) => {
    const connection = { host: "node", ...(text !== undefined && { hostKey: text }) };
    expect(() => hostKey(connection)).toThrow(`connection to node: hostKey`);
    expect(() => hostKey(connection)).toThrow(message);
  });
});
