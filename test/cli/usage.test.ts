import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { UserError } from "../../src/config/errors.ts";
import { lab, observed, type Parts, report, step } from "./fake.ts";

describe("wrong usage is answered with exit code 2 and the nearest match, before anything is touched", () => {
  it.each([
    ["an unknown command", ["statsu"], "unknown command 'statsu'\n(Did you mean status?)"],
    ["an unknown command of a group", ["image", "bak"], "unknown command 'bak'\n(Did you mean bake?)"],
    ["a group alone", ["image"], "Usage: lab image"],
    ["an option of another command of a group", ["image", "bake", "--all"], "unknown option '--all'"],
    [
      "an unknown option",
      ["up", "--sequental"],
      "unknown option '--sequental'\n(Did you mean --sequential?)",
    ],
    ["an option of another command", ["verify", "--yes"], "unknown option '--yes'"],
    ["an argument too many", ["status", "control"], "too many arguments"],
    ["an argument too few", ["ssh"], "missing required argument 'node'"],
    ["a command to run that is missing", ["exec", "control"], "missing required argument 'command'"],
    ["nothing behind --", ["exec", "control", "--"], "missing required argument 'command'"],
    ["an option without its value", ["up", "--stack"], "argument missing"],
    [
      "an unknown stack",
      ["up", "--stack", "lab001-locla"],
      '--stack: found "lab001-locla", expected lab001-local; did you mean "lab001-local"?',
    ],
    [
      "an unknown stack before the command",
      ["--stack", "x", "status"],
      '--stack: found "x", expected lab001-local',
    ],
  ])("%s", async (_, argv, message) => {
    const { code, stdout, stderr } = await lab(argv);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("a configuration that is wrong, with file and line", async () => {
    const bad = "config:\n  scratchstack:lab: lab001\n  scratchstack:settings: {workers: 0}\n";
    const { code, stderr } = await lab(["up"], { stacks: { mine: bad } });
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /Pulumi\.mine\.yaml:3: settings\.workers: found 0, expected a whole number from 1 to 16/,
    );
  });

  it.each([
    ["ndoe", 'found "ndoe", expected one of control, compute'],
    ["compte", 'found "compte", expected one of control, compute; did you mean "compute"?'],
  ])("the unknown node %s", async (name, message) => {
    for (const argv of [
      ["ssh", name],
      ["exec", name, "--", "true"],
    ]) {
      const { code, stderr } = await lab(argv, { lab: { observe: async () => observed() } });
      expect(stderr).toBe(`node in lab001-local: ${message}\n`);
      expect(code).toBe(2);
    }
  });

  it.each([
    ["keyston", 'found "keyston", expected one of keystone, nova; did you mean "keystone"?'],
    [
      "keystone/instal",
      'found "keystone/instal", expected one of keystone/install, keystone/start; did you mean "keystone/install"?',
    ],
    ["zzz", 'found "zzz", expected one of keystone, nova'],
  ])("the unknown step or service %s", async (name, message) => {
    const course = [
      step("keystone/install", "control"),
      step("keystone/start", "control"),
      step("nova/start", "compute"),
    ];
    const { code, stderr } = await lab(["verify", "nova", name], {
      lab: { plannedSteps: async () => course },
    });
    expect(stderr).toBe(`step or service in lab001-local: ${message}\n`);
    expect(code).toBe(2);
  });
});

describe("help", () => {
  it("names every command and is no mistake", async () => {
    const { code, stdout, stderr } = await lab(["--help"]);
    for (const { name, summary } of COMMANDS)
      expect(stdout).toMatch(new RegExp(`${name} .*${summary.slice(0, 20)}`));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("is what no command at all is answered with, as a mistake", async () => {
    const { code, stderr } = await lab([]);
    expect(stderr).toContain("Usage: lab");
    expect(code).toBe(2);
  });
});

describe("what goes wrong inside", () => {
  it("is a message when the user can fix it", async () => {
    const observe = () => Promise.reject(new UserError("The engine is not there.", 1));
    const { code, stderr } = await lab(["status"], { lab: { observe } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "The engine is not there.\n" });
  });

  it("is a stack and called a bug where not", async () => {
    const observe = () => Promise.reject(new TypeError("x is undefined"));
    const { code, stderr } = await lab(["status"], { lab: { observe } });
    expect(code).toBe(1);
    expect(stderr).toMatch(/TypeError: x is undefined\n {4}at [\s\S]*\nThis is a bug of scratchstack/);
  });
});

describe("the stack", () => {
  const stacks = Object.fromEntries(
    ["a", "b"].map((name) => [name, "config:\n  scratchstack:lab: lab001\n"]),
  );
  const observe = async (stack: string) => observed({ exists: false, resources: [stack] });

  it("may stand before or behind the command", async () => {
    for (const argv of [
      ["--stack", "b", "status"],
      ["status", "--stack", "b"],
    ]) {
      expect((await lab(argv, { stacks, lab: { observe } })).stdout).toContain("b is not built");
    }
  });

  it("is remembered", async () => {
    const { home } = await lab(["status", "--stack", "b"], { stacks, lab: { observe } });
    expect(readFileSync(join(home, "last-stack"), "utf8")).toBe("b\n");
    const again = await lab(["status"], { stacks, lab: { observe }, home });
    expect(again.stdout).toContain("b is not built");
  });

  it("is not remembered before it is built", async () => {
    const parts = { observe, isBuilt: async (stack: string) => stack === "a" };
    const { home } = await lab(["status", "--stack", "a"], { stacks, lab: parts });
    const up = { up: async () => Promise.reject(new UserError("no memory", 1)), ...parts };
    for (const argv of [
      ["status", "--stack", "b"],
      ["preview", "--stack", "b"],
      ["up", "--stack", "b"],
    ])
      await lab(argv, { stacks, lab: up, home });
    expect(readFileSync(join(home, "last-stack"), "utf8")).toBe("a\n");
  });

  it("is remembered once `up` begins to build it", async () => {
    const up: Parts["up"] = async (_stack, { onEvent }) => {
      onEvent({ type: "plan", total: 1, at: 0 });
      throw new UserError("The engine was killed.", 1);
    };
    const { home } = await lab(["up", "--stack", "b"], { stacks, lab: { up, isBuilt: async () => false } });
    expect(readFileSync(join(home, "last-stack"), "utf8")).toBe("b\n");
  });

  it.each([
    ["up", "--yes"],
    ["preview"],
    ["down", "--yes"],
    ["reset", "--all", "--yes"],
    ["redo", "a/b"],
    ["checkpoint", "save", "x"],
    ["checkpoint", "restore", "x", "--yes"],
    ["checkpoint", "delete", "x"],
    ["image", "bake"],
    ["image", "remove", "--yes"],
  ])("is named first by %s %s", async (...argv) => {
    const parts = { observe, up: async () => report() };
    const { stderr } = await lab([...argv, "--stack", "b"], { stacks, lab: parts });
    expect(stderr).toMatch(/^Stack b \(lab001, local\)\n/);
    const { stderr: json } = await lab([...argv, "--stack", "b", "--json"], { stacks, lab: parts });
    expect(json).not.toMatch(/^Stack b \(/);
  });

  it("must be said when there are several and none was used", async () => {
    const { code, stderr } = await lab(["status"], { stacks });
    expect({ code, stderr }).toEqual({ code: 2, stderr: "--stack: found nothing, expected one of a, b\n" });
  });
});
