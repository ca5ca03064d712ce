import { describe, expect, it } from "vitest";
import { cache, home } from "../../../src/config/paths.ts";
import { lab, NAMED, observed, type Parts, report } from "../fake.ts";

const gone: Parts["down"] = async () => report({ changed: 3 });
const observe = async () => observed();
const GONE =
  "lab001-local is gone (3.4 s).\n" +
  `Kept for the next build: the node image, fetched packages and the engine, in ${cache()}; logs, in ${home()}.\n`;

it("refuses without a terminal to ask at, before it looks at anything", async () => {
  const { code, stderr } = await lab(["down"]);
  expect(stderr).toBe(
    NAMED +
      "down asks before it destroys, and there is no terminal to ask at. Use --yes to take lab001-local down.\n",
  );
  expect(code).toBe(2);
});

it("asks, naming what will go", async () => {
  const { code, stdout, stderr } = await lab(["down"], { answer: "y", lab: { observe, down: gone } });
  expect(stderr).toBe(
    NAMED +
      "This takes down lab001-local for good:\n" +
      "  - the nodes control, compute with all that was built on them\n" +
      "  - all networks, volumes, keys and passwords of the stack (3 resources in all)\n" +
      "Go on? [y/N] ",
  );
  expect({ code, stdout }).toEqual({ code: 0, stdout: GONE });
});

it.each(["", "n", "no", "yess", "sure"])("takes %j for no", async (answer) => {
  const { code, stdout } = await lab(["down"], { answer, lab: { observe } });
  expect({ code, stdout }).toEqual({ code: 1, stdout: "lab001-local was left as it is.\n" });
});

it("does not ask with --yes", async () => {
  const { code, stdout, stderr } = await lab(["down", "--yes"], { lab: { observe, down: gone } });
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: GONE,
    stderr: NAMED,
  });
});

it("has nothing to do where nothing is", async () => {
  const nothing = async () => observed({ exists: false });
  const { code, stdout } = await lab(["down", "--yes"], { lab: { observe: nothing } });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: "Nothing to take down: lab001-local does not exist.\n",
  });
});

it("goes by the state alone where the configuration is no longer right", async () => {
  const configs: unknown[] = [];
  const down: Parts["down"] = async ({ validConfig: config }) => {
    configs.push(config);
    return report();
  };
  const stacks = { mine: "config:\n  scratchstack:lab: lab01\n" };
  const { code, stderr } = await lab(["down", "--yes"], { stacks, lab: { observe, down } });
  expect(configs).toEqual([undefined]);
  expect(stderr).toContain("Pulumi.mine.yaml is not valid any more; only the state is used.");
  expect(code).toBe(0);
});

it("says that something was left", async () => {
  const failed = [{ name: "hardware/node-control", node: "control", message: "busy", log: "/logs/x" }];
  const down = async () => report({ ok: false, failed });
  const { code, stdout, stderr } = await lab(["down", "--yes"], { lab: { observe, down } });
  expect(stdout).toBe("lab001-local is not gone (3.4 s).\n");
  expect(stderr).toContain("✘ hardware/node-control on control failed\n  What it said last:\n    busy\n");
  expect(code).toBe(1);
});

it("names what stays as it is on a host", async () => {
  const down: Parts["down"] = async (_stack, { onEvent }) => {
    const name = "hardware/host-control";
    onEvent({
      type: "output",
      name,
      text: "removed user nova\nnot undone: the package curl is newer now (8)\n",
      at: 0,
    });
    return report();
  };
  const { stdout } = await lab(["down", "--yes"], { lab: { observe, down } });
  expect(stdout).toContain("Not undone:\n  - control: the package curl is newer now (8)\n");
  expect(stdout).not.toContain("removed user nova");
});

describe("what another state made under the stack's name", () => {
  const bob = { what: "node lab001-local-control", by: "user bob, state in /home/bob/state" };
  const othersOf = async () => [bob];
  const nothing = async () => observed({ exists: false, nodes: [] });

  it.each([
    ["has nothing", nothing],
    ["has a state of its own", observe],
  ])("is refused, with whose it is and what to do, where this state %s", async (_, state) => {
    const { code, stderr } = await lab(["down", "--yes"], { lab: { observe: state, othersOf } });
    expect(stderr).toContain("Stack lab001-local belongs to another state here; nothing was touched.");
    expect(stderr).toContain("Found: node lab001-local-control, made by user bob, state in /home/bob/state.");
    expect(stderr).toContain("lab down --take-over --stack lab001-local");
    expect(code).toBe(1);
  });

  it("goes with --take-over, once it was asked for", async () => {
    const taken: unknown[] = [];
    const down: Parts["down"] = async (_stack, { takeOver }) => {
      taken.push(takeOver);
      return report({ changed: 1 });
    };
    const setting = { lab: { observe: nothing, othersOf, down } };
    const refused = await lab(["down", "--take-over"], { ...setting, answer: "n" });
    expect(refused.stderr).toContain(
      "This takes down lab001-local for good:\n" +
        "  - the node lab001-local-control with all that is on it, which another state made: user bob, state in /home/bob/state\n" +
        "Go on? [y/N] ",
    );
    expect({ code: refused.code, taken }).toEqual({ code: 1, taken: [] });
    expect((await lab(["down", "--take-over"], { ...setting, answer: "y" })).code).toBe(0);
    expect(taken).toEqual([true]);
  });
});
