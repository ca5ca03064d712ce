import { describe, expect, it } from "vitest";
import type { KnownCheckpoint } from "../../../src/checkpoints/index.ts";
import { done, lab, observed, type Parts, report, step } from "../fake.ts";

const course = [
  step("keystone/install", "control"),
  { ...step("glance/install", "control"), after: ["keystone/install@control"] },
  step("mariadb/install", "control"),
];
const BEFORE: KnownCheckpoint = {
  name: "after-mariadb",
  id: "after-mariadb.1",
  at: "2026-01-02T03:04:05.000Z",
  automatic: true,
  kind: "local",
  lab: "lab001",
  nodes: ["control"],
  services: { done: 1, total: 3 },
  steps: { done: 0, total: 3 },
  done: [],
  underway: [],
  bytes: 1,
  counted: "state",
  lost: [],
};

async function reset(argv: string[], checkpoints: KnownCheckpoint[] | undefined, answer?: string) {
  const did: unknown[] = [];
  const port: Partial<Parts> = {
    plannedSteps: async () => course,
    observe: async () => observed({ done: course.map((item) => done(item.step.id, item.node, 1)) }),
    checkpoints: async () => checkpoints,
    restoreCheckpoint: async (_stack, name) => void did.push(name),
    undoSteps: async (_stack, gone, target) => {
      did.push([[...gone], target]);
      return report({ changed: gone.size });
    },
  };
  const setting = { lab: port, ...(answer === undefined ? {} : { answer }) };
  return { ...(await lab(["reset", ...argv], setting)), did };
}

describe("reset", () => {
  it("goes back to a checkpoint where there is one, saying what goes besides", async () => {
    const { code, stderr, did } = await reset(["keystone"], [BEFORE], "y");
    expect(stderr).toContain("by restoring the checkpoint after-mariadb");
    expect(stderr).toContain("  - 2 steps go: keystone (1), glance (1)\n");
    expect(stderr).toContain("  - 1 steps that were done later go as well: mariadb (1)\n");
    expect({ code, did }).toEqual({ code: 0, did: ["after-mariadb"] });
  });

  it.each([
    ["there is none", ["keystone"], []],
    ["it was lost", ["keystone"], [{ ...BEFORE, lost: ["control"] }]],
    ["that is asked for", ["keystone", "--undo"], [BEFORE]],
    ["the hardware has none", ["keystone"], undefined],
  ])("undoes step by step where %s", async (_, argv, checkpoints) => {
    const { code, stdout, did } = await reset([...argv, "--yes"], checkpoints);
    expect(did).toEqual([
      [
        ["keystone/install@control", "glance/install@control"],
        { why: "reset", name: "keystone", lab: "lab001" },
      ],
    ]);
    expect(stdout).toContain("keystone of lab001-local is undone, 2 steps");
    expect(code).toBe(0);
  });

  it("takes all back", async () => {
    const { did } = await reset(["--all", "--yes"], []);
    expect(did).toEqual([[course.map(({ name }) => name), { why: "reset", name: "all", lab: "lab001" }]]);
  });

  it("takes all but yes for no", async () => {
    const { code, did, stdout } = await reset(["keystone"], [BEFORE], "n");
    expect({ code, did, stdout }).toEqual({ code: 1, did: [], stdout: "lab001-local was left as it is.\n" });
  });

  it.each([
    ["without a terminal", ["keystone"], "Use --yes"],
    ["without a service", ["--yes"], "found nothing, expected a service, or --all"],
    ["with both", ["keystone", "--all", "--yes"], "found keystone and --all"],
    ["an unknown service", ["keystne", "--yes"], 'did you mean "keystone"?'],
    ["a step", ["keystone/install", "--yes"], "expected one of keystone, glance, mariadb"],
  ])("refuses %s", async (_, argv, message) => {
    const { code, stderr, did } = await reset(argv, [BEFORE]);
    expect(stderr).toContain(message);
    expect({ code, did }).toEqual({ code: 2, did: [] });
  });
});

describe("redo", () => {
  const redo = async (argv: string[], codes: number[] = [0]) => {
    const did: string[] = [];
    const port: Partial<Parts> = {
      plannedSteps: async () => [...course, step("nova/start", "compute"), step("nova/start", "control")],
      observe: async () =>
        observed({
          done: [
            done("keystone/install", "control", 1),
            done("nova/start", "compute", 1),
            done("nova/start", "control", 1),
          ],
        }),
      redo: async (_stack, steps, { onEvent }) => {
        for (const { name, node, step } of steps) {
          did.push(name);
          const subject = { name, step: step.id, node, at: 0 };
          onEvent({ type: "started", ...subject, title: step.title, operation: "update" });
          onEvent({ type: "output", name, text: "working\n", at: 0 });
          const code = codes.shift() ?? 0;
          if (code === 0) onEvent({ type: "done", ...subject, changed: true, seconds: 1 });
          else onEvent({ type: "failed", ...subject, message: `exit code ${code}`, code, seconds: 1 });
          if (code !== 0) return code;
        }
        return 0;
      },
    };
    return { ...(await lab(["redo", ...argv], { lab: port })), did };
  };

  it("shows what the step says", async () => {
    const { code, stdout, stderr } = await redo(["keystone/install"]);
    expect(stdout).toBe("working\n");
    expect(stderr).toContain("keystone/install on control: Do keystone/install\ndone in ");
    expect(code).toBe(0);
  });

  it("does it on all its nodes, or on one", async () => {
    expect((await redo(["nova/start"])).did).toEqual(["nova/start@compute", "nova/start@control"]);
    expect((await redo(["nova/start@control"])).did).toEqual(["nova/start@control"]);
  });

  it("stops at the first that fails, with its exit code", async () => {
    const { code, did, stderr } = await redo(["nova/start"], [7, 0]);
    expect({ code, did }).toEqual({ code: 7, did: ["nova/start@compute"] });
    expect(stderr).toContain("failed with exit code 7");
  });

  it.each([
    ["keystone/instal", 2, 'did you mean "keystone/install"?'],
    ["nova/start@network", 2, "expected one of nova/start@compute, nova/start@control"],
    ["zzzzzz", 2, "expected a step of the course"],
    ["glance/install", 1, "found not done yet"],
  ])("answers %s", async (name, exit, message) => {
    const { code, stderr, did } = await redo([name]);
    expect(stderr).toContain(message);
    expect({ code, did }).toEqual({ code: exit, did: [] });
  });

  it("is for programs too", async () => {
    const { stdout } = await redo(["keystone/install", "--json"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { type: "output", name: "keystone/install@control", text: "working\n" },
      { type: "done", name: "keystone/install@control", code: 0 },
    ]);
  });
});
