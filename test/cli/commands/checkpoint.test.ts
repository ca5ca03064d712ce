import { describe, expect, it } from "vitest";
import type { KnownCheckpoint } from "../../../src/checkpoints/index.ts";
import { UserError } from "../../../src/config/errors.ts";
import { done, lab, NAMED, node, observed, type Parts } from "../fake.ts";

const known = (name: string, parts: Partial<KnownCheckpoint> = {}): KnownCheckpoint => ({
  name,
  id: `${name}.1`,
  at: "2026-01-02T03:04:05.000Z",
  automatic: true,
  kind: "local",
  lab: "lab001",
  nodes: ["control", "compute"],
  services: { done: 1, total: 2 },
  steps: { done: 2, total: 3 },
  done: ["keystone/install@control"],
  underway: [],
  bytes: 3 * 2 ** 20,
  counted: "state",
  lost: [],
  ...parts,
});
const EARLY = known("after-base");
const LATE = known("after-nova", { nodes: ["control", "compute", "network"] });
const LOST = known("after-cinder", { lost: ["compute"] });
const HOSTS = `config:
  scratchstack:lab: lab001
  scratchstack:hardware:
    kind: hosts
    networks:
      management: { cidr: 10.1.0.0/24 }
      tunnel: { cidr: 10.2.0.0/24 }
      provider: { cidr: 10.3.0.0/24 }
    hosts:
      control:
        address: 10.1.0.11
        agent: true
        hostKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyOfAHostThatDoesNotExistAtAll000000000000
        interfaces: { management: eth0 }
      compute:
        address: 10.1.0.12
        agent: true
        hostKey: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKeyOfAHostThatDoesNotExistAtAll000000000000
        interfaces: { management: eth0 }
`;

describe("checkpoint list", () => {
  const list = (all: KnownCheckpoint[] | undefined, ...argv: string[]) =>
    lab(["checkpoint", "list", ...argv], { lab: { checkpoints: async () => all }, env: { TZ: "UTC" } });

  it("shows the checkpoints that can be restored, and how many cannot", async () => {
    const { code, stdout } = await list([EARLY, LOST, LATE]);
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^CHECKPOINT +SAVED +LAB +SERVICES +STEPS +STATE$/);
    expect(lines[1]).toMatch(/^after-base +2026-01-0\d \d\d:\d\d:05 +lab001 +1\/2 +2\/3 +3\.0 MiB$/);
    expect(lines[2]).toMatch(/^after-nova /);
    expect(stdout).not.toContain("after-cinder");
    expect(stdout).toContain("share their blocks");
    expect(stdout).toContain("1 more cannot be restored");
    expect(code).toBe(0);
  });

  it("says what one alone takes up, where that is counted", async () => {
    const { stdout } = await list([known("after-base", { counted: "snapshots" })]);
    expect(stdout).toMatch(/STEPS +SIZE\n/);
    expect(stdout).not.toContain("share");
  });

  it("says so where there is none", async () => {
    expect((await list([])).stdout).toContain("lab001-local has no checkpoint.");
  });

  it("is for programs too", async () => {
    const { stdout } = await list([EARLY, LOST], "--json");
    expect(JSON.parse(stdout)).toEqual({
      type: "checkpoint",
      stack: "lab001-local",
      name: "after-base",
      at: "2026-01-02T03:04:05.000Z",
      automatic: true,
      lab: "lab001",
      nodes: ["control", "compute"],
      services: { done: 1, total: 2 },
      steps: { done: 2, total: 3 },
      bytes: 3 * 2 ** 20,
      counted: "state",
    });
  });

  it("says what can be done instead where the hardware cannot", async () => {
    const { code, stderr } = await list(undefined);
    expect(stderr).toContain("hypervisor");
    expect(code).toBe(2);
  });
});

describe("checkpoint save and delete", () => {
  it("say what was kept", async () => {
    const saveCheckpoint: Parts["saveCheckpoint"] = async (_stack, name) => known(name);
    const { code, stdout } = await lab(["checkpoint", "save", "mine"], { lab: { saveCheckpoint } });
    expect(stdout).toBe("lab001-local as it is now is saved as mine: 1 of 2 services, 2 of 3 steps done.\n");
    expect(code).toBe(0);
  });

  it("say what is gone", async () => {
    const gone: string[] = [];
    const deleteCheckpoint: Parts["deleteCheckpoint"] = async (_stack, name) => {
      gone.push(name);
    };
    const { stdout } = await lab(["checkpoint", "delete", "mine"], { lab: { deleteCheckpoint } });
    expect(stdout).toBe("Checkpoint mine of lab001-local is deleted.\n");
    expect(gone).toEqual(["mine"]);
  });
});

describe("checkpoint restore", () => {
  const restore = async (argv: string[], answer?: string) => {
    const back: string[] = [];
    const port: Partial<Parts> = {
      checkpoints: async () => [EARLY, LOST, LATE],
      observe: async () =>
        observed({
          nodes: [node("control", 11), node("compute", 12), node("network", 13)],
          done: [done("keystone/install", "control", 1), done("nova/start", "compute", 1)],
        }),
      restoreCheckpoint: async (_stack, name, tell) => {
        tell("working");
        back.push(name);
      },
    };
    const setting = { lab: port, ...(answer === undefined ? {} : { answer }) };
    return { ...(await lab(["checkpoint", "restore", ...argv], setting)), back };
  };

  it("asks, saying what goes: steps, nodes, and the checkpoints of these", async () => {
    const { code, stderr, stdout, back } = await restore(["after-base"], "y");
    expect(stderr).toContain("This puts lab001-local back to after-base of 2026-01-0");
    expect(stderr).toContain("1 steps that were done since, and everything else");
    expect(stderr).toContain("nodes that did not exist yet: network");
    expect(stderr).toContain("checkpoints that go with them: after-nova\nGo on? [y/N] ");
    expect(stdout).toContain("lab001-local is back at after-base");
    expect({ code, back }).toEqual({ code: 0, back: ["after-base"] });
  });

  it("takes all else for no", async () => {
    const { code, stdout, back } = await restore(["after-base"], "");
    expect({ code, stdout, back }).toEqual({
      code: 1,
      stdout: "lab001-local was left as it is.\n",
      back: [],
    });
  });

  it("refuses without a terminal, before anything is touched", async () => {
    const { code, stderr, back } = await restore(["after-base"]);
    expect(stderr).toContain("--yes");
    expect({ code, back }).toEqual({ code: 2, back: [] });
  });

  it("does not ask with --yes", async () => {
    const { code, back } = await restore(["after-nova", "--yes"]);
    expect({ code, back }).toEqual({ code: 0, back: ["after-nova"] });
  });

  it.each([
    [
      "after-bsae",
      2,
      'found "after-bsae", expected one of after-base, after-nova; did you mean "after-base"?',
    ],
    ["after-cinder", 1, "found no snapshot of compute, which was replaced since"],
  ])("answers %s with those there are", async (name, exit, message) => {
    const { code, stderr, back } = await restore([name, "--yes"]);
    expect(stderr).toContain(message);
    expect({ code, back }).toEqual({ code: exit, back: [] });
  });

  it("says after Ctrl-C what finishes it", async () => {
    let press = (): void => {};
    const { stderr, exits } = await lab(["checkpoint", "restore", "after-base", "--yes"], {
      lab: {
        checkpoints: async () => [EARLY],
        restoreCheckpoint: async () => press(),
      },
      onReady: (act) => {
        press = act;
      },
    });
    expect(stderr).toContain("`scripts/lab checkpoint restore after-base` finishes it");
    expect(exits).toEqual([130]);
  });
});

describe("on hosts", () => {
  it.each([
    ["list", []],
    ["restore", ["x", "--yes"]],
  ])("%s says what can be done instead", async (command, argv) => {
    const { code, stderr } = await lab(["checkpoint", command, ...argv, "--stack", "rack"], {
      stacks: { rack: HOSTS },
      lab: { checkpoints: async () => undefined },
    });
    expect(stderr).toContain("`lab` takes no checkpoints of nodes of kind hosts");
    expect(code).toBe(2);
  });
});

it("what goes wrong is said as it is", async () => {
  const saveCheckpoint = () => Promise.reject(new UserError("Stack is in use", 1));
  const { code, stderr } = await lab(["checkpoint", "save", "x"], { lab: { saveCheckpoint } });
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${NAMED}Stack is in use\n` });
});
