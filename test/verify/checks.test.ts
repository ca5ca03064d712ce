import { describe, expect, test } from "vitest";
import { plannedNodes } from "../../src/hardware/lookup.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { knownValues } from "../../src/plan/values.ts";
import { looksAt } from "../../src/verify/checks.ts";
import { run } from "../actions/shell.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const values = {
  ...knownValues("test", CONFIG, plannedNodes(CONFIG), "control"),
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
const [own, more] = looksAt([checked], values);

describe("a step's own check", () => {
  test("is called like the step", () =>
    expect(own?.checks).toEqual([{ check: "api/install", step: "api/install", node: "control" }]));

  test("is ok when the action still holds", () => {
    const answer = { code: 0, stdout: "api installed 1.0\n", stderr: "" };
    expect(own?.judge(answer)).toEqual([{ ok: true, expected: "s", seen: "as expected" }]);
  });

  test("names what differs", () => {
    const answer = { code: 0, stdout: "", stderr: "" };
    expect(own?.judge(answer)).toEqual([
      { ok: false, expected: "package api: installed", seen: "package api: not installed" },
    ]);
  });

  test("fails when the probe itself fails", () => {
    const answer = { code: 127, stdout: "", stderr: "dpkg-query: not found\n" };
    expect(own?.judge(answer)).toEqual([{ ok: false, expected: "s", seen: "dpkg-query: not found" }]);
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
  const looks = looksAt(steps, values);

  test("are looked at together where their actions are of a kind, commands alone", () =>
    expect(looks.map(({ checks }) => checks.map(({ check }) => check))).toEqual([
      ["api/install", "db/install"],
      ["db/start"],
    ]));

  test("have each its own verdict", () => {
    const verdicts = looks[0]?.judge({ code: 0, stdout: "api installed 1.0\n", stderr: "" });
    expect(verdicts?.map(({ ok }) => ok)).toEqual([true, false]);
  });
});

describe("what asks OpenStack", () => {
  const asks = (name: string, code: number) => ({
    name,
    expect: name,
    run: `openstack() { echo "$1"; }\nopenstack ${name}\nexit ${code}`,
  });
  const step = { ...install.step, checks: [asks("first", 0), asks("second", 3)] };
  const [, look, ...others] = looksAt([{ ...install, step }], values);

  test("is asked together", () => {
    expect(look?.checks.map(({ check }) => check)).toEqual(["api/install:first", "api/install:second"]);
    expect(others).toEqual([]);
  });

  test("has each its own verdict", () =>
    expect(look?.judge(run(look.script))).toEqual([
      { ok: true, expected: "first", seen: "first" },
      { ok: false, expected: "second", seen: "second" },
    ]));

  test("has none where nobody answers", () => {
    const answer = { code: 255, stdout: "", stderr: "the connection broke\n" };
    expect(look?.judge(answer).map(({ ok, seen }) => `${ok} ${seen}`)).toEqual([
      "false the connection broke",
      "false the connection broke",
    ]);
  });
});

describe("the check of a command that holds or does not", () => {
  const action = { kind: "command", run: "true", holds: "cat /x" } as const;
  const command = { ...install, step: { ...install.step, see: "{{self:name}} has a {{fact:kind}}", action } };
  const [check] = looksAt([command], values);

  test("expects what one should see, facts that nobody knows by their name", () => {
    const verdicts = check?.judge({ code: 1, stdout: "", stderr: "no such file\n" });
    expect(verdicts).toEqual([{ ok: false, expected: "control has a <kind>", seen: "no such file" }]);
  });
});

describe("a check of the course", () => {
  test("has the step's name before its own, and real values in its shell", () => {
    expect(more?.checks.map(({ check }) => check)).toEqual(["api/install:answers"]);
    expect(more?.script).toContain("curl 10.1.0.11");
  });

  test("goes by the exit code and shows what was printed last", () => {
    const expected = "an answer from 10.1.0.11";
    expect(more?.judge({ code: 0, stdout: "a\n300\n", stderr: "" })).toEqual([
      { ok: true, expected, seen: "a | 300" },
    ]);
    expect(more?.judge({ code: 7, stdout: "", stderr: "refused\n" })).toEqual([
      { ok: false, expected, seen: "refused" },
    ]);
  });

  test("a silent failure is not an empty line", () => {
    expect(more?.judge({ code: 7, stdout: "", stderr: "" })[0]?.seen).toBe("exit code 7 and no output");
  });
});
