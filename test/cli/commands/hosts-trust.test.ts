import { afterEach, describe, expect, it, vi } from "vitest";
import { DialError } from "../../../src/transport/errors.ts";
import type { Connection } from "../../../src/transport/types.ts";
import { lab } from "../fake.ts";

const key = (letter: string): string => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${letter.repeat(43)}`;
const FILE = `config:
  scratchstack:lab: lab001
  scratchstack:hardware:
    kind: hosts
    networks: { management: { cidr: 192.0.2.0/24 }, tunnel: { cidr: 198.51.100.0/24 }, provider: { cidr: 203.0.113.0/24 } }
    hosts:
      # The first.
      control: { address: one.test, agent: true, interfaces: { management: eth0 } }
      compute:
        address: two.test
        agent: true
        hostKey: ${key("B")}
        interfaces: { management: eth0 }
`;

async function trust(argv: readonly string[], answer?: string, text = FILE) {
  const asked: Connection[] = [];
  let written = "";
  const { readFileSync } = await import("node:fs");
  const outcome = await lab(["hosts", "trust", "--stack", "mine", ...argv], {
    stacks: { mine: text },
    ...(answer === undefined ? {} : { answer }),
    lab: {
      hostKey: async (stranger) => {
        asked.push(stranger);
        if (stranger.host === "gone.test") throw new DialError("gone.test: cannot connect", true);
        return stranger.host === "one.test" ? key("A") : key("B");
      },
    },
  });
  written = readFileSync(`${outcome.home}/Pulumi.mine.yaml`, "utf8");
  return { ...outcome, asked, written };
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("hosts trust", () => {
  it("shows fingerprints, and writes after a yes what is new, with comments kept", async () => {
    const { code, stdout, written } = await trust([], "y");
    expect(stdout).toMatch(
      /hardware\.hosts\.control {2}one\.test:22 {2}ssh-ed25519 {2}SHA256:[A-Za-z0-9+/]{43}\n/,
    );
    expect(stdout).toContain("(as in the file)");
    expect(written).toBe(FILE.replace("one.test,", `one.test, hostKey: ${key("A")},`));
    expect(code).toBe(0);
  });

  it("writes nothing after a no", async () => {
    const { code, written } = await trust([], "n");
    expect([code, written]).toEqual([1, FILE]);
  });

  it("does not ask with --yes, nor without anything to write", async () => {
    expect((await trust(["--yes"])).code).toBe(0);
    const known = FILE.replace("one.test,", `one.test, hostKey: ${key("A")},`);
    const { code, stderr, written } = await trust([], "n", known);
    expect([code, stderr, written]).toEqual([0, "Stack mine (lab001, hosts)\n", known]);
  });

  it("says that a key changed, and what it was", async () => {
    const { stdout } = await trust([], "n", FILE.replace(key("B"), key("C")));
    expect(stdout).toMatch(/two\.test.*CHANGED: the file has SHA256:/);
  });

  it("needs a terminal or --yes", async () => {
    const { code, asked } = await trust([]);
    expect([code, asked]).toEqual([2, []]);
  });

  it("asks a host behind another only once that one is known", async () => {
    const text = FILE.replace(
      "        agent: true\n",
      "        agent: true\n        jump: { address: one.test, agent: true }\n",
    ).replace(/control: \{ address: one/, "control: { address: gone");
    vi.stubEnv("SSH_AUTH_SOCK", "/nowhere");
    const { code, asked, stderr, written } = await trust(["--yes"], undefined, text);
    expect(asked.map(({ host, proxy }) => [host, proxy?.hostKey])).toEqual([
      ["gone.test", undefined],
      ["one.test", undefined],
      ["two.test", key("A")],
    ]);
    expect(written).toContain(`jump: { address: one.test, hostKey: ${key("A")}, agent: true }`);
    expect([code, stderr.includes("gone.test: cannot connect")]).toEqual([1, true]);
  });

  it("is for hosts alone", async () => {
    const { code, stderr } = await trust(["--yes"], undefined, "config:\n  scratchstack:lab: lab001\n");
    expect([code, stderr]).toEqual([2, expect.stringContaining('found "local"')]);
  });
});
