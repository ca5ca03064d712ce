import { describe, expect, it } from "vitest";
import type { Difference } from "../../../src/actions/types.ts";
import type { Action } from "../../../src/curriculum/actions.ts";
import type { ClassifiedStep, StepStatus } from "../../../src/drift/classify.ts";
import type { ProbedLab } from "../../../src/drift/probe-lab.ts";
import type { Target } from "../../../src/engine/target.ts";
import type { PlannedStep } from "../../../src/plan/planned-steps.ts";
import { lab, observed, type Parts, report, step } from "../fake.ts";

const doing = (id: string, node: string, action: Action): PlannedStep => {
  const plain = step(id, node);
  return { ...plain, step: { ...plain.step, action } };
};

const configure = doing("nova/configure", "control", {
  kind: "ini",
  file: "/etc/nova/nova.conf",
  set: { DEFAULT: { debug: "true" } },
});
const start = doing("nova/start", "control", { kind: "unit", units: ["nova-api"] });
const boot = doing("first-server/boot", "control", { kind: "command", run: "true", holds: "true" });
const hosts = doing("base/hosts", "compute", { kind: "file", path: "/etc/hosts", content: "a\nb\n" });
const install = doing("neutron/install", "network", { kind: "packages", names: ["neutron-api"] });
const course = [hosts, configure, start, boot, install];

const judged = (
  planned: PlannedStep,
  status: StepStatus,
  ...differences: readonly Difference[]
): ClassifiedStep => ({
  planned,
  status,
  differences,
  done: status !== "new",
  changed: status === "changed",
});

const EDITED: Difference = { what: "[DEFAULT] debug", expected: "true", seen: "false" };
const REWRITTEN: Difference = {
  what: "content of /etc/hosts",
  expected: "as this step writes it",
  seen: "something else",
  diff: "@@ -1,2 +1,2 @@\n a\n-c\n+b",
};

function preview(
  looked: ProbedLab,
  planned: readonly PlannedStep[] = [],
  { argv = [], target }: { readonly argv?: readonly string[]; readonly target?: Target } = {},
) {
  const up: Parts["up"] = async (_stack, { onEvent }) => {
    for (const { name, step, node } of planned) {
      const place = { name, step: step.id, node };
      onEvent({ type: "started", ...place, title: step.title, operation: "create", at: 0 });
      onEvent({ type: "done", ...place, changed: true, seconds: 0, at: 0 });
    }
    return report({ changed: planned.length, unchanged: course.length - planned.length });
  };
  const parts = {
    up,
    observe: async () => observed(target === undefined ? {} : { target }),
    probe: async () => looked,
    plannedSteps: async () => course,
  };
  return lab(["preview", ...argv], { lab: parts });
}

const records = (stdout: string) =>
  stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type }) => type === "difference" || type === "unreachable");

describe("preview of a built lab", () => {
  const drifted: ProbedLab = {
    unreachable: [],
    steps: [
      judged(hosts, "changed", REWRITTEN),
      judged(configure, "drifted", EDITED),
      judged(start, "restart pending"),
      judged(boot, "blocked", { what: "result of the command", expected: "holds", seen: "503" }),
    ],
  };

  it("shows step by step what would change, drift first, and is 1", async () => {
    const { code, stdout } = await preview(drifted);
    expect(stdout.split("\n")).toEqual([
      "Drift: done before, and no longer in sync. `up` does these steps again.",
      "  control  nova/configure  Do nova/configure",
      "      /etc/nova/nova.conf [DEFAULT] debug: false → true",
      "",
      "Restart pending: units whose configuration has drifted. `up` restarts them if they may run with it.",
      "  control  nova/start  Do nova/start",
      "      runs",
      "",
      "Blocked: these do not hold either. A step that they need may be the reason: `up` probes them again.",
      "  control  first-server/boot  Do first-server/boot",
      "      result of the command: 503 → holds",
      "",
      "Changed: the course or the configuration is different from when they were done.",
      "  compute  base/hosts  Do base/hosts",
      "      content of /etc/hosts:",
      "        @@ -1,2 +1,2 @@",
      "         a",
      "        -c",
      "        +b",
      "",
      "0 to change, 1 to do again, 4 unchanged (3.4 s). Nothing was done.",
      "",
    ]);
    expect(code).toBe(1);
  });

  it("with --json prints a line for each difference", async () => {
    const { code, stdout } = await preview(drifted, [], { argv: ["--json"] });
    const nova = { step: "nova/configure", node: "control", kind: "ini" };
    expect(records(stdout)).toEqual([
      {
        type: "difference",
        cause: "changed",
        step: "base/hosts",
        node: "compute",
        kind: "file",
        ...REWRITTEN,
      },
      { type: "difference", cause: "drift", ...nova, file: "/etc/nova/nova.conf", ...EDITED },
      {
        ...{ type: "difference", cause: "follows", step: "nova/start", node: "control", kind: "unit" },
        what: "Do nova/start",
      },
      {
        ...{
          type: "difference",
          cause: "behind",
          step: "first-server/boot",
          node: "control",
          kind: "command",
        },
        ...{ what: "result of the command", expected: "holds", seen: "503" },
      },
    ]);
    expect(code).toBe(1);
  });

  it("of a change of the course alone is 0", async () => {
    expect((await preview({ ...drifted, steps: drifted.steps.slice(0, 1) })).code).toBe(0);
  });

  it("of steps whose node does not stand yet says what they will do, and is 0", async () => {
    const seen = { unreachable: [], steps: [judged(boot, "new", { what: "x", expected: "a", seen: "b" })] };
    const { code, stdout } = await preview(seen, [boot, install]);
    expect(stdout.split("\n")).toEqual([
      "New: not done yet.",
      "  control  first-server/boot  Do first-server/boot",
      "      x: b → a",
      "  network  neutron/install  Do neutron/install",
      "      install neutron-api",
      "",
      "2 to change, 3 unchanged (3.4 s). Nothing was done.",
      "",
    ]);
    expect(code).toBe(0);
    const lines = records((await preview(seen, [boot, install], { argv: ["--json"] })).stdout);
    expect(lines.map(({ step, cause, what }) => ({ step, cause, what }))).toEqual([
      { step: "first-server/boot", cause: "new", what: "x" },
      { step: "neutron/install", cause: "new", what: "install neutron-api" },
    ]);
  });

  it("of a node that does not answer says so, and is 1", async () => {
    const away = { steps: [], unreachable: [{ node: "compute", why: "no route to host" }] };
    const { code, stdout } = await preview(away);
    expect(stdout).toContain("compute is unreachable, so nothing was probed there");
    expect(stdout).not.toContain("Nothing to change");
    expect(code).toBe(1);
    expect(records((await preview(away, [], { argv: ["--json"] })).stdout)).toEqual([
      { type: "unreachable", node: "compute", why: "no route to host" },
    ]);
  });

  it("of a lab as it should be says so in one line", async () => {
    const { code, stdout } = await preview({ steps: [judged(start, "in sync")], unreachable: [] });
    expect(stdout).toBe("Nothing to change: all 5 parts of lab001-local are as they should be.\n");
    expect(code).toBe(0);
  });

  it("that was put back only just says that it may still be starting", async () => {
    const target = {
      why: "checkpoint",
      name: "after-nova",
      lab: "lab001",
      at: new Date().toISOString(),
    } as const;
    const { stdout } = await preview(drifted, [], { target });
    expect(stdout).toContain(
      "It was put back to after-nova only just: what does not hold may still be starting.",
    );
    expect((await preview(drifted)).stdout).not.toContain("put back");
  });
});

describe("preview --through", () => {
  it("probes what up --through would do, and nothing else", async () => {
    let only: ReadonlySet<string> | undefined;
    let through: string | undefined;
    const up: Parts["up"] = async (_stack, options) => {
      through = options.through;
      return report({});
    };
    const probe: Parts["probe"] = async (_stack, options) => {
      only = options?.only;
      return { steps: [], unreachable: [] };
    };
    const chain = [configure, { ...start, after: [configure.name] }, boot];
    const parts = { up, probe, observe: async () => observed(), plannedSteps: async () => chain };
    const { code } = await lab(["preview", "--through", "nova/start"], { lab: parts });
    expect({ code, through, only: [...(only ?? [])] }).toEqual({
      code: 0,
      through: "nova/start",
      only: [configure.name, start.name],
    });
  });

  it("refuses what the lab does not have", async () => {
    const { code, stderr } = await lab(["preview", "--through", "novo"], {
      lab: { plannedSteps: async () => course },
    });
    expect(stderr).toContain('--through in lab001-local: found "novo"');
    expect(code).toBe(2);
  });
});
