import { describe, expect, it } from "vitest";
import {
  isKnown,
  type KeyPlace,
  valuesWithKeys,
  withHostKey,
} from "../../../src/hardware/hosts/host-keys.ts";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINew";
const OLD = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABOld";
const CONTROL: KeyPlace = ["hardware", "hosts", "control"];
const JUMP: KeyPlace = ["hardware", "hosts", "control", "jump"];

const file = (host: string): string => `config:
  # Of mine.
  scratchstack:lab: lab001
  scratchstack:hardware:
    kind: hosts
    hosts:
      control:${host}
  # The end.
`;

describe("a host's key is written", () => {
  it.each<[string, KeyPlace, string, string]>([
    [
      "below the address",
      CONTROL,
      "\n        address: a # here\n        user: me",
      `\n        address: a # here\n        hostKey: ${KEY}\n        user: me`,
    ],
    [
      "in place of another",
      CONTROL,
      `\n        hostKey: ${OLD} # old\n        address: a`,
      `\n        hostKey: ${KEY} # old\n        address: a`,
    ],
    [
      "in place of a quoted one",
      CONTROL,
      `\n        hostKey: "${OLD}"\n        address: a`,
      `\n        hostKey: ${KEY}\n        address: a`,
    ],
    [
      "where none was put yet",
      CONTROL,
      "\n        hostKey:\n        address: a",
      `\n        hostKey: ${KEY}\n        address: a`,
    ],
    ["in braces", CONTROL, " { address: a, user: me }", ` { address: a, hostKey: ${KEY}, user: me }`],
    [
      "of a jump host",
      JUMP,
      "\n        address: a\n        jump: { address: b }",
      `\n        address: a\n        jump: { address: b, hostKey: ${KEY} }`,
    ],
    [
      "of a jump host on lines of its own",
      JUMP,
      "\n        jump:\n          address: b\n        address: a",
      `\n        jump:\n          address: b\n          hostKey: ${KEY}\n        address: a`,
    ],
  ])("%s, and nothing else changes", (_name, place, before, after) => {
    expect(withHostKey(file(before), place, KEY)).toBe(file(after));
  });

  it("not at all where nothing would change", () => {
    const text = file(`\n        address: a\n        hostKey: ${KEY}`);
    expect(withHostKey(text, CONTROL, KEY)).toBe(text);
  });

  it.each([
    ["nobody of that name", file(" { address: a }").replace("control", "other")],
    ["an alias", file(" *one").replace("hosts:\n", "hosts:\n      other: &one { address: a }\n")],
    [
      "a key over several lines",
      file("\n        address: a\n        hostKey: >-\n          ssh-rsa\n          AAAA"),
    ],
  ])("not where it cannot be done safely: %s", (_name, text) => {
    expect(withHostKey(text, CONTROL, KEY)).toBeUndefined();
  });
});

it("fills in what is not known yet, and what is known stays", () => {
  const hosts = valuesWithKeys(file(` { address: a, hostKey: ${KEY}, jump: { address: b } }`));
  const { control } = (
    hosts as { hardware: { hosts: Record<string, { hostKey: string; jump: { hostKey: string } }> } }
  ).hardware.hosts;
  expect([isKnown(control?.hostKey ?? ""), isKnown(control?.jump.hostKey ?? "")]).toEqual([true, false]);
});
