import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ClassifiedStep } from "../../../src/drift/classify.ts";
import type { ObservedNode } from "../../../src/engine/observed.ts";
import type { CheckResult } from "../../../src/verify/results.ts";
import { done, lab, node, observed, type Parts, step } from "../fake.ts";

const course = [
  step("keystone/install", "control", "Install it"),
  step("keystone/start", "control", "Start it"),
  step("nova/start", "compute", "Start Nova"),
];
const plannedSteps = async () => course;
const answers: Parts["exec"] = async () => ({ code: 0, stdout: "", stderr: "" });

const jsonLines = (text: string): Record<string, unknown>[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("status", () => {
  const some = async () => observed({ done: [done("keystone/install", "control", 48.2)] });
  const all = async () => observed({ done: course.map((item) => done(item.step.id, item.node, 2)) });

  it("shows nodes and a line for each service", async () => {
    const { code, stdout } = await lab(["status"], { lab: { observe: some, plannedSteps, exec: answers } });
    expect(stdout.split("\n")).toEqual([
      "lab001-local: lab001, 2 nodes, 1 of 3 steps done",
      "",
      "NODE     ROLES    MANAGEMENT  TUNNEL      PROVIDER    REACHABLE",
      "control  control  10.64.0.11  10.64.1.11  10.64.2.11  yes",
      "compute  compute  10.64.0.12  10.64.1.12  10.64.2.12  yes",
      "",
      "SERVICE   STEPS  TIME    STATE",
      "keystone  1/2    48.2 s  1 not done",
      "nova      0/1    -       not done",
      "",
      "2 steps are not done yet: scripts/lab up goes on.",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("tells what people must know of the nodes", async () => {
    const remarks = async () => ["Privileged nodes: control."];
    const parts = { observe: all, plannedSteps, exec: answers, remarks };
    expect((await lab(["status"], { lab: parts })).stdout).toContain("\n\nPrivileged nodes: control.\n");
    const lines = jsonLines((await lab(["status", "--json"], { lab: parts })).stdout);
    expect(lines).toContainEqual({ type: "remark", text: "Privileged nodes: control." });
  });

  it("with --steps shows every step with its time", async () => {
    const { code, stdout } = await lab(["status", "--steps"], {
      lab: { observe: some, plannedSteps, exec: answers },
    });
    expect(stdout.split("\n")).toEqual([
      "lab001-local: lab001, 2 nodes, 1 of 3 steps done",
      "",
      "NODE     ROLES    MANAGEMENT  TUNNEL      PROVIDER    REACHABLE",
      "control  control  10.64.0.11  10.64.1.11  10.64.2.11  yes",
      "compute  compute  10.64.0.12  10.64.1.12  10.64.2.12  yes",
      "",
      "keystone  1/2  48.2 s",
      "  ✔  control  keystone/install  48.2 s  Install it",
      "  ·  control  keystone/start            Start it",
      "",
      "nova  0/1",
      "  ·  compute  nova/start    Start Nova",
      "",
      "2 steps are not done yet: scripts/lab up goes on.",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("shows what is known of the nodes, the datapath from a network node on", async () => {
    const facts = { virt_type: "qemu", datapath: "netdev", cpus: "2" };
    const head = async (...nodes: ObservedNode[]) => {
      const observe = async () => observed({ nodes });
      const { stdout } = await lab(["status"], { lab: { observe, plannedSteps, exec: answers } });
      return stdout.split("\n").slice(2, 3 + nodes.length);
    };
    const [control, compute] = [
      { ...node("control", 11), facts },
      { ...node("compute", 12), facts },
    ];
    expect(await head(control, compute)).toEqual([
      "NODE     ROLES    MANAGEMENT  TUNNEL      PROVIDER    VIRTUALIZATION  REACHABLE",
      "control  control  10.64.0.11  10.64.1.11  10.64.2.11  qemu            yes",
      "compute  compute  10.64.0.12  10.64.1.12  10.64.2.12  qemu            yes",
    ]);
    expect(await head(compute, node("network", 13))).toEqual([
      "NODE     ROLES    MANAGEMENT  TUNNEL      PROVIDER    VIRTUALIZATION  DATAPATH  REACHABLE",
      "compute  compute  10.64.0.12  10.64.1.12  10.64.2.12  qemu            netdev    yes",
      "network  network  10.64.0.13  10.64.1.13  10.64.2.13  -               -         yes",
    ]);
  });

  it("is 0 when all is done and every node answers, 1 when one does not", async () => {
    expect((await lab(["status"], { lab: { observe: all, plannedSteps, exec: answers } })).code).toBe(0);
    const exec: Parts["exec"] = async ({ host }) => {
      if (host === "10.64.0.12") throw new Error("no route to host");
      return { code: 0, stdout: "", stderr: "" };
    };
    const { code, stdout } = await lab(["status"], { lab: { observe: all, plannedSteps, exec } });
    expect(stdout).toMatch(/^compute .* no$/m);
    expect(code).toBe(1);
  });

  it("tells what no longer holds, what does it again, and is 1", async () => {
    const differences = [{ what: "unit keystone", expected: "active", seen: "inactive (dead)" }];
    const [, start] = course;
    if (start === undefined) throw new Error("an empty course");
    const step: ClassifiedStep = {
      planned: start,
      differences,
      status: "drifted",
      done: true,
      changed: false,
    };
    const parts = {
      observe: all,
      plannedSteps,
      exec: answers,
      probe: async () => ({ steps: [step], unreachable: [] }),
    };
    const { code, stdout } = await lab(["status"], { lab: parts });
    expect(stdout).toMatch(/^keystone +2\/2 +4\.0 s +drifted 1$/m);
    expect((await lab(["status", "--steps"], { lab: parts })).stdout).toContain(
      "  ✔  control  keystone/install  2.0 s  Install it\n  ✘  control  keystone/start",
    );
    expect(stdout).toContain(
      "\n1 step has drifted: scripts/lab preview shows all differences, scripts/lab up does it again\n",
    );
    expect(stdout).toContain("  control  keystone/start: unit keystone: inactive (dead)\n");
    expect(code).toBe(1);
    const lines = jsonLines((await lab(["status", "--json"], { lab: parts })).stdout);
    expect(lines.find((line) => line.step === "keystone/start")).toMatchObject({
      done: true,
      drift: differences,
    });
  });

  it("tells how many cannot be judged, and is 1", async () => {
    const [, start] = course;
    if (start === undefined) throw new Error("an empty course");
    const differences = [{ what: "answer", expected: "an answer", seen: "none", unseen: true as const }];
    const steps: ClassifiedStep[] = [
      { planned: start, differences, status: "blocked", done: true, changed: false },
    ];
    const probe = async () => ({ steps, unreachable: [] });
    const { code, stdout } = await lab(["status"], {
      lab: { observe: all, plannedSteps, exec: answers, probe },
    });
    expect(stdout).toMatch(/\n1 cannot be judged yet: .* scripts\/lab preview shows them\.\n$/);
    expect(code).toBe(1);
  });

  it("with --quick says what the state says, and looks at nothing", async () => {
    const probe: Parts["probe"] = async () => {
      throw new Error("not to be looked at");
    };
    const { code } = await lab(["status", "--quick"], {
      lab: { observe: all, plannedSteps, exec: answers, probe },
    });
    expect(code).toBe(0);
  });

  it("with --json prints a line each, and no secrets", async () => {
    const { stdout } = await lab(["status", "--json"], {
      lab: { observe: some, plannedSteps, exec: answers },
    });
    const lines = jsonLines(stdout);
    expect(lines.map((line) => line.type)).toEqual([
      ...["stack", "node", "node", "service", "step", "step", "service", "step"],
    ]);
    expect(lines[1]).toMatchObject({ name: "control", reachable: true, roles: ["control"], facts: {} });
    expect(lines[4]).toMatchObject({ step: "keystone/install", node: "control", done: true, seconds: 48.2 });
    expect(stdout).not.toContain("the private key");
    expect(stdout).not.toContain("the password");
  });

  it("says how to build what is not there", async () => {
    const { code, stdout } = await lab(["status"], {
      lab: { observe: async () => observed({ exists: false }) },
    });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "lab001-local is not built: scripts/lab up --stack lab001-local builds it.\n",
    });
  });
});

describe("verify", () => {
  const good: CheckResult = {
    check: "nova/start",
    step: "nova/start",
    node: "compute",
    ok: true,
    expected: "active",
    seen: "as expected",
    seconds: 1,
  };
  const bad: CheckResult = {
    check: "nova/start:api",
    step: "nova/start",
    node: "compute",
    ok: false,
    expected: "200",
    seen: "503",
    seconds: 1,
    fault: "check",
  };
  const verify =
    (results: CheckResult[]): Parts["verify"] =>
    async (_stack, { onResult }) => {
      for (const result of results) onResult?.(result);
      return results;
    };
  const ask = (argv: string[], results: CheckResult[]) =>
    lab(["verify", ...argv], {
      lab: { plannedSteps, observe: async () => observed(), verify: verify(results) },
    });

  it("is 0 when all is ok", async () => {
    const { code, stdout } = await ask([], [good]);
    expect(stdout).toMatch(/^ok {6}compute {2}nova\/start\n\n1 ok, 0 failed \(\d+\.\d s\)\n$/);
    expect(code).toBe(0);
  });

  it("is 1 when one is not, with all that a teacher would say", async () => {
    const { code, stdout } = await ask([], [good, bad]);
    expect(stdout.split("\n").slice(1, -2)).toEqual([
      "failed  compute  nova/start:api",
      "          step:     Start Nova",
      "          expected: 200",
      "          seen:     503",
      "          read:     services/nova.html#start (scripts/lab handbook), docs/troubleshooting.md",
      "          go back:  scripts/lab redo nova/start, else scripts/lab reset nova",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("of several failures says which to look at first", async () => {
    const other = { ...bad, check: "nova/start", seen: "stopped" };
    const { stdout } = await lab(["verify"], {
      lab: {
        plannedSteps,
        observe: async () => observed(),
        verify: verify([other, bad]),
        rootCauses: async () => [other],
      },
    });
    expect(stdout).toContain("no other failure explains:\n  compute  nova/start: stopped\n\n0 ok, 2 failed");
  });

  it("with --json prints exactly one object a check", async () => {
    const { code, stdout } = await ask(["--json"], [good, bad]);
    const shown = ({ seconds: _, ...rest }: CheckResult) => ({ ...rest, title: "Start Nova" });
    const back = ["scripts/lab redo nova/start", "scripts/lab reset nova"];
    expect(jsonLines(stdout)).toEqual([
      shown(good),
      { ...shown(bad), page: "services/nova.html#start", back },
    ]);
    expect(code).toBe(1);
  });

  it("hands on the names of steps and services", async () => {
    const asked: unknown[] = [];
    const record: Parts["verify"] = async (_stack, { only }) => {
      asked.push(only);
      return [];
    };
    const parts = { plannedSteps, observe: async () => observed(), verify: record };
    await lab(["verify", "keystone", "nova/start"], { lab: parts });
    expect(asked).toEqual([["keystone", "nova/start"]]);
  });

  it("has nothing to look at before it is built", async () => {
    const observe = async () => observed({ exists: false });
    const { code, stderr } = await lab(["verify"], { lab: { plannedSteps, observe } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "lab001-local is not built yet: scripts/lab up builds it.\n",
    });
  });
});

describe("doctor", () => {
  const ok = { id: "incus", title: "Incus", found: "6.0.4", state: "ok", mend: "" } as const;
  const missing = {
    id: "engine",
    title: "Pulumi",
    found: "nothing",
    state: "missing",
    mend: "scripts/setup",
  } as const;

  it("shows what was found and what fixes it", async () => {
    const { code, stdout } = await lab(["doctor"], { lab: { doctor: async () => [ok, missing] } });
    expect(stdout.split("\n")).toEqual([
      "✔ Incus   6.0.4",
      "✘ Pulumi  nothing",
      "    scripts/setup",
      "",
      "1 missing: scripts/setup provides what it can.",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("is 0 when nothing is missing; --json prints the rows", async () => {
    const { code, stdout } = await lab(["doctor", "--json"], { lab: { doctor: async () => [ok] } });
    expect(jsonLines(stdout)).toEqual([ok]);
    expect(code).toBe(0);
  });
});

it("env prints what differs, quoted", async () => {
  const engineEnvironment = async () => ({
    PULUMI_HOME: "/a b/c",
    PATH: "/x:/y",
    PULUMI_CONFIG_PASSPHRASE: "mine",
  });
  const env = { PULUMI_CONFIG_PASSPHRASE: "mine", PATH: "/y" };
  const { stdout } = await lab(["env"], { env, lab: { engineEnvironment } });
  expect(stdout).toBe("export PULUMI_HOME='/a b/c'\nexport PATH=/x:/y\n");
});

describe("logs", () => {
  const root = mkdtempSync(join(tmpdir(), "lab-logs-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const file = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  file("2025-01-01/nova/start@compute.log", "old\n");
  file("2025-01-02/nova/start@compute.log", "new\n");
  file("2025-01-03/keystone/start@control.log", "k\n");
  const logs = async () => root;

  it("names the folder of the last run", async () => {
    const { stdout } = await lab(["logs"], { lab: { logs } });
    expect(stdout).toBe(`${join(root, "2025-01-03")}\n`);
  });

  it.each(["nova/start", "nova/start@compute"])("prints what %s said when it was last run", async (name) => {
    const { stdout, stderr } = await lab(["logs", name], { lab: { logs } });
    expect(stdout).toBe("new\n");
    expect(stderr).toBe(`${join(root, "2025-01-02/nova/start@compute.log")}\n`);
  });

  it("answers an unknown step with the nearest", async () => {
    const { code, stderr } = await lab(["logs", "nova/strat"], { lab: { logs } });
    expect(stderr).toBe(
      'step in lab001-local: found "nova/strat", expected a step that has a log; did you mean "nova/start"?\n',
    );
    expect(code).toBe(2);
  });

  it("says that there are none", async () => {
    const { code, stderr } = await lab(["logs"], { lab: { logs: async () => join(root, "none") } });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "There are no logs of lab001-local yet.\n" });
  });
});
