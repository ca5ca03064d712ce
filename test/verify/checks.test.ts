import { describe, expect, test } from "vitest";
import { plannedNodes } from "../../src/hardware/lookup.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { knownValues } from "../../src/plan/values.ts";
import { checkBatches } from "../../src/verify/checks.ts";
import { run } from "../actions/shell.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const values = {
  ...knownValues({ name: "test", config: CONFIG }, plannedNodes(CONFIG), "control"),
  "secret:api/database": "s3cret",
};
const install = plannedSteps(CONFIG, LAB).find((item) => item.name === "api/install@control");
if (install === undefined) throw new Error("the course of the tests has lost its step");
const checked = {
  ...install,
  step: {
    ...install.step,
    checks: [
      { name: "answers", expect: "an answer from {{address:control}}", run: "curl {{address:control}}" },
    ],
  },
};
const [own, more] = checkBatches([checked], values);

describe("a step's own check", () => {
  test("has the step's id as its name", () =>
    expect(own?.checks).toEqual([{ check: "api/install", step: "api/install", node: "control" }]));

  test("is ok when the step is in sync", () => {
    const answer = { code: 0, stdout: "api installed 1.0\n", stderr: "" };
    expect(own?.findings(answer)).toEqual([{ ok: true, expected: "s", seen: "as expected" }]);
  });

  test("names the differences", () => {
    const answer = { code: 0, stdout: "", stderr: "" };
    expect(own?.findings(answer)).toEqual([
      { ok: false, expected: "package api: installed", seen: "package api: not installed" },
    ]);
  });

  test("fails when the probe itself fails", () => {
    const answer = { code: 127, stdout: "", stderr: "dpkg-query: not found\n" };
    expect(own?.findings(answer)).toEqual([{ ok: false, expected: "s", seen: "dpkg-query: not found" }]);
  });
});

describe("steps of one node", () => {
  const other = { ...install.step, id: "db/install", action: { kind: "packages", names: ["db"] } } as const;
  const command = {
    ...install.step,
    id: "db/start",
    action: { kind: "command", run: "true", holds: "true" },
  } as const;
  const steps = [install, { ...install, step: command }, { ...install, step: other }];
  const batches = checkBatches(steps, values);

  test("share a batch with steps of the same kind; checks of shell text are one batch", () =>
    expect(batches.map(({ checks }) => checks.map(({ check }) => check))).toEqual([
      ["api/install", "db/install"],
      ["db/start"],
    ]));

  test("get a finding each", () => {
    const findings = batches[0]?.findings({ code: 0, stdout: "api installed 1.0\n", stderr: "" });
    expect(findings?.map(({ ok }) => ok)).toEqual([true, false]);
  });
});

describe("checks that call the OpenStack client", () => {
  const asks = (name: string, code: number) => ({
    name,
    expect: name,
    run: `openstack() { echo "$1"; }\nopenstack ${name}\nexit ${code}`,
  });
  const step = { ...install.step, checks: [asks("first", 0), asks("second", 3)] };
  const [, batch, ...others] = checkBatches([{ ...install, step }], values);

  test("share a batch", () => {
    expect(batch?.checks.map(({ check }) => check)).toEqual(["api/install:first", "api/install:second"]);
    expect(others).toEqual([]);
  });

  test("get a finding each", () =>
    expect(batch?.findings(run(batch.script))).toEqual([
      { ok: true, expected: "first", seen: "first" },
      { ok: false, expected: "second", seen: "second" },
    ]));

  test("fail where nothing answers", () => {
    const answer = { code: 255, stdout: "", stderr: "the connection broke\n" };
    expect(batch?.findings(answer).map(({ ok, seen }) => `${ok} ${seen}`)).toEqual([
      "false the connection broke",
      "false the connection broke",
    ]);
  });
});

describe("the check of a command step", () => {
  const action = { kind: "command", run: "true", holds: "cat /x" } as const;
  const command = { ...install, step: { ...install.step, see: "{{self:name}} has a {{fact:kind}}", action } };
  const [check] = checkBatches([command], values);

  test("expects what a person sees, with unknown facts by name", () => {
    const findings = check?.findings({ code: 1, stdout: "", stderr: "no such file\n" });
    expect(findings).toEqual([{ ok: false, expected: "control has a <kind>", seen: "no such file" }]);
  });
});

describe("a check that the course adds", () => {
  test("has the step's id before its own name, and real values in its script", () => {
    expect(more?.checks.map(({ check }) => check)).toEqual(["api/install:answers"]);
    expect(more?.script).toContain("curl 10.1.0.11");
  });

  const answered = (text: string) =>
    more?.findings({ code: 0, stdout: `@@ answer 0 @@\n${text}`, stderr: "" });

  test("takes the exit code as result and shows the last lines", () => {
    const expected = "an answer from 10.1.0.11";
    expect(answered("a\n300\n\nexit 0\n@@ end of answers @@\n")).toEqual([
      { ok: true, expected, seen: "a | 300" },
    ]);
    expect(answered("refused\n\nexit 7\n@@ end of answers @@\n")).toEqual([
      { ok: false, expected, seen: "refused" },
    ]);
  });

  test("is known before the others of its batch", () => {
    const first = more?.finding?.(0, { code: 0, stdout: "300", stderr: "" });
    expect(first).toEqual({ ok: true, expected: "an answer from 10.1.0.11", seen: "300" });
  });

  test("shows the exit code of a failure without output", () => {
    expect(answered("\nexit 7\n")?.[0]?.seen).toBe("exit code 7 and no output");
  });
});
