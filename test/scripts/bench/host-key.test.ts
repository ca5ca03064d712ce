import { expect, test } from "vitest";
import { knowsKey } from "../../../scripts/bench/host-key.ts";

const console = "ssh-ed25519 AAAAone\nssh-rsa AAAAtwo\n";

test.each([
  ["the key of the console", "192.0.2.1 ssh-ed25519 AAAAone\n", true],
  ["another key", "192.0.2.1 ssh-ed25519 AAAAother\n", false],
  ["the key under another type", "192.0.2.1 ssh-rsa AAAAone\n", false],
  ["one of both another", "192.0.2.1 ssh-ed25519 AAAAone\n192.0.2.1 ssh-rsa AAAAother\n", false],
  ["none", "\n", false],
])("%s", (_name, knownHosts, known) => {
  expect(knowsKey(console, knownHosts)).toBe(known);
});
