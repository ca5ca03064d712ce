import { describe, expect, it } from "vitest";
import { parseAnswer } from "../../../src/cli/ask-step.ts";
import type { Answer, Question } from "../../../src/run/interactive.ts";
import type { VerifyOptions } from "../../../src/verify/index.ts";
import type { CheckResult } from "../../../src/verify/results.ts";
import { done, lab, NAMED, observed, type Parts, report, step } from "../fake.ts";

const course = [
  step("keystone/install", "control", "Install Keystone"),
  { ...step("keystone/start", "control"), after: ["keystone/install@control"] },
  { ...step("nova/start", "compute"), after: ["keystone/start@control"] },
];
const question = (parts: Partial<Question> = {}): Question => ({
  planned: step("keystone/install", "control", "Install Keystone"),
  commands: ["apt install keystone"],
  number: 1,
  of: 3,
  skippable: false,
  ...parts,
});

describe("up --through", () => {
  it("hands on how far, and says how to go on", async () => {
    let how: string | undefined;
    const up: Parts["up"] = async (_stack, { through }) => {
      how = through;
      return report({ changed: 4 });
    };
    const { code, stdout } = await lab(["up", "--through", "keystone"], { lab: { up } });
    expect(stdout).toMatch(/^lab001-local is up through keystone: /);
    expect(stdout).toContain("Go on from here: scripts/lab up\n");
    expect({ code, how }).toEqual({ code: 0, how: "keystone" });
  });
});

describe("up --step", () => {
  const walk = async (answer: string | readonly string[], ...questions: Question[]) => {
    const answers: Answer[] = [];
    const up: Parts["up"] = async (_stack, { ask }) => {
      for (const one of questions) answers.push((await ask?.(one)) ?? "stop");
      return report({ stoppedBefore: "keystone/install@control" });
    };
    return { ...(await lab(["up", "--step"], { lab: { up }, answer })), answers };
  };

  it("shows title, reason and commands, and asks", async () => {
    const { stderr, answers } = await walk("y", question());
    expect(stderr.split("\n")).toEqual([
      NAMED.trim(),
      "",
      "1 of 3  keystone/install on control: Install Keystone",
      "  because",
      "",
      "    apt install keystone",
      "",
      "Do it? [y]es, [n]o or [q]uit: stop here ",
    ]);
    expect(answers).toEqual(["yes"]);
  });

  it("offers to skip only what may be", async () => {
    expect((await walk("s", question({ skippable: true }))).answers).toEqual(["skip"]);
    expect((await walk(["s", "y"], question())).answers).toEqual(["yes"]);
  });

  it("asks again what is no answer, and takes its end for a no", async () => {
    expect((await walk(["what", "", "yes"], question())).answers).toEqual(["yes"]);
    expect((await walk("", question())).answers).toEqual(["stop"]);
  });

  it("says where it was stopped and how to go on", async () => {
    const { code, stdout } = await walk("q", question());
    expect(stdout).toContain("lab001-local was stopped before keystone/install@control");
    expect(stdout).toContain("Go on from here: scripts/lab up\n");
    expect(code).toBe(0);
  });

  it.each([
    ["no terminal", ["up", "--step"], {}],
    ["--json", ["up", "--step", "--json"], { answer: "y" }],
  ])("refuses %s", async (found, argv, setting) => {
    const { code, stderr } = await lab(argv, setting);
    expect(stderr).toContain(`--step: found ${found}, expected a terminal`);
    expect(code).toBe(2);
  });
});

describe("what an answer means", () => {
  it.each([
    ["y", "yes"],
    [" YES ", "yes"],
    ["n", "stop"],
    ["q", "stop"],
    ["quit", "stop"],
    ["s", undefined],
    ["", undefined],
    ["yess", undefined],
  ])("%j", (said, expected) => expect(parseAnswer(said, { skippable: false })).toBe(expected));
});

describe("a lab whose target is a part", () => {
  const at = "2026-01-02T03:04:05.000Z";
  const target = { why: "through", name: "keystone/install", lab: "lab001", at } as const;
  const stopped = async () => observed({ target, done: [done("keystone/install", "control", 1)] });
  const exec: Parts["exec"] = async () => ({ code: 0, stdout: "", stderr: "" });
  const plannedSteps = async () => course;
  const WORD =
    "It is to be built through keystone/install: 2 steps are not done yet, on purpose. `scripts/lab up` goes on.\n";

  it("is as it should be, and status says why", async () => {
    const { code, stdout } = await lab(["status"], { lab: { observe: stopped, plannedSteps, exec } });
    expect(stdout).toContain(WORD);
    expect(code).toBe(0);
  });

  it("is reconciled no further than its target", async () => {
    const differences = [{ what: "keystone", expected: "installed", seen: "not installed" }];
    const [install] = course;
    if (install === undefined) throw new Error("an empty course");
    const drift = { planned: install, differences, status: "drifted", done: true, changed: false } as const;
    const probe = async () => ({ steps: [drift], unreachable: [] });
    const { code, stdout } = await lab(["status"], { lab: { observe: stopped, plannedSteps, exec, probe } });
    expect(stdout).toContain("scripts/lab up --through keystone/install does it again\n");
    expect(stdout).toContain(WORD);
    expect(code).toBe(1);
  });

  it("is not, where something of what was asked for is missing", async () => {
    const observe = async () => observed({ target });
    expect((await lab(["status"], { lab: { observe, plannedSteps, exec } })).code).toBe(1);
  });

  it("is verified as far as it goes", async () => {
    let options: VerifyOptions | undefined;
    const verify: Parts["verify"] = async (_stack, given) => {
      options = given;
      return [];
    };
    const { stdout } = await lab(["verify"], { lab: { observe: stopped, plannedSteps, verify } });
    expect([...(options?.required ?? [])]).toEqual(["keystone/install@control"]);
    expect(stdout).toContain(WORD);
  });

  it("at a lab before the one in its file is shown at its own lab", async () => {
    const labs: string[] = [];
    const back = { why: "checkpoint", name: "after-base", lab: "lab001", at } as const;
    const { stdout } = await lab(["status"], {
      stacks: { "lab001-local": "config:\n  scratchstack:lab: lab002\n" },
      lab: {
        observe: async () => observed({ target: back }),
        exec,
        plannedSteps: async (config) => {
          labs.push(config.lab);
          return course;
        },
      },
    });
    expect(labs).toEqual(["lab001"]);
    expect(stdout).toContain("lab001-local: lab001, ");
  });
});

describe("up after a restore", () => {
  const at = (ago: number) => new Date(Date.now() - ago).toISOString();
  const check = (ok: boolean): CheckResult => ({
    check: "keystone/start",
    step: "keystone/start",
    node: "control",
    ok,
    expected: "an answer",
    seen: "none",
    seconds: 0,
  });
  const up = async (why: "checkpoint" | "through", ago: number, ...looks: boolean[]) => {
    const did: string[] = [];
    const outcome = await lab(["up"], {
      lab: {
        finishRestore: async (_stack, tell) => {
          did.push("finish");
          tell("finishing");
          return true;
        },
        target: async () => ({ why, name: "after-keystone", lab: "lab001", at: at(ago) }),
        observe: async () => observed(),
        verify: async (_stack, { only }) => {
          did.push(`look at ${only?.join() || "all"}`);
          return [check(looks.shift() ?? true)];
        },
        up: async () => {
          did.push("up");
          return report();
        },
      },
    });
    return { ...outcome, did };
  };

  it("first finishes an interrupted one, then waits until what is done answers", async () => {
    const { did, stderr } = await up("checkpoint", 1_000, false, true);
    expect(did).toEqual(["finish", "look at all", "look at keystone/start", "up"]);
    expect(stderr).toContain("Waiting until the services that are done in after-keystone answer again.");
  });

  it("does not wait long after one", async () => {
    expect((await up("checkpoint", 3_600_000)).did).toEqual(["finish", "up"]);
  });

  it("does not wait where nothing was put back", async () => {
    expect((await up("through", 1_000)).did).toEqual(["finish", "up"]);
  });
});
