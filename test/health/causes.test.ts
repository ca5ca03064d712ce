import { describe, expect, test } from "vitest";
import { tokensOf } from "../../src/curriculum/tokens.ts";
import { healthBatch } from "../../src/health/causes.ts";
import { QUESTIONS } from "../../src/health/questions.ts";
import type { HealthQuestion } from "../../src/health/types.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { run } from "../actions/shell.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const control = plannedSteps(CONFIG, LAB).filter(({ node }) => node === "control");

/** Causes in a question's line, or without an answer at all. */
function told(question: Partial<HealthQuestion>, text: string) {
  const asked = { name: "asked", causes: [], ...question, text };
  const batch = healthBatch("control", control, {}, [asked]);
  return batch?.causes(run(batch.script)).map(({ step, found, fix, hint }) => ({ step, found, fix, hint }));
}

describe("a node tells", () => {
  const unit = {
    pattern: /^stopped (\S+)$/,
    unit: true,
    found: "$1 is stopped",
    fix: "continue $1",
  } as const;

  test("a cause by its pattern, at the step that starts the unit", () => {
    const causes = told({ causes: [unit] }, "echo well; echo stopped api");
    const step = "api/start";
    expect(causes).toEqual([{ step, found: "api is stopped", fix: "continue api", hint: false }]);
  });

  test("nothing where nothing hinders it", () => expect(told({ causes: [unit] }, "echo well")).toEqual([]));

  test("a hint where no step starts the unit", () =>
    expect(told({ causes: [unit] }, "echo stopped cron")?.map(({ step, hint }) => [step, hint])).toEqual([
      ["base/hosts", true],
    ]));

  test("a hint where it gives no answer in time", () => {
    const silent = { found: "api does not answer", fix: "restart" };
    const batch = healthBatch("control", control, {}, [
      { name: "a", service: "api", text: "x", causes: [], silent },
    ]);
    const stdout = "@@ answer 0 @@\nno answer within 8 s\nexit 124\n@@ end of answers @@\n";
    expect(batch?.causes({ code: 0, stdout, stderr: "" })).toEqual([
      { name: "a", node: "control", step: "api/start", ...silent, hint: true },
    ]);
  });

  test("no hint of a service whose cause it knows", () => {
    const questions = [
      { name: "known", text: "", causes: [unit] },
      { name: "silent", service: "api", text: "", causes: [], silent: { found: "s", fix: "f" } },
    ];
    const batch = healthBatch("control", control, {}, questions);
    const stdout = "@@ answer 0 @@\nstopped api\nexit 0\n@@ answer 1 @@\nexit 124\n@@ end of answers @@\n";
    expect(batch?.causes({ code: 0, stdout, stderr: "" }).map(({ found }) => found)).toEqual([
      "api is stopped",
    ]);
  });

  test("only of services that it has, and only what has all its values", () => {
    const batch = healthBatch("control", control, {}, [
      { name: "other", service: "none", text: "echo other service", causes: [] },
      { name: "values", text: "echo {{address:control}}", causes: [] },
    ]);
    expect(batch?.script).not.toMatch(/other service|address:control/);
    expect(healthBatch("control", [], {}, [])).toBeUndefined();
  });
});

/** What nodes really printed → what is told. */
const SEEN: readonly (readonly [question: string, line: string, found: string | undefined])[] = [
  ["broker", "[]", undefined],
  ["broker", "draining false", undefined],
  ["broker", "[{{resource_limit,disk,rabbit@control},[]}]", "RabbitMQ: disk alarm, publishers are blocked"],
  [
    "broker",
    "[{{resource_limit,memory,rabbit@control},[]}]",
    "RabbitMQ: memory alarm, publishers are blocked",
  ],
  ["broker", "draining true", "RabbitMQ: maintenance mode, no client is let in"],
  ["database", "connections 401 of 400", "MariaDB: all connections are used up (401 of 400)"],
  ["database", "ERROR 1040 (HY000): Too many connections", "MariaDB: all connections are used up"],
  [
    "database",
    "ERROR 2002 (HY000): Received error packet before completion of TLS handshake. The error: 1040 - Too many connections",
    "MariaDB: all connections are used up",
  ],
  ["database", "lock 12 Waiting for backup lock", "MariaDB: 12 queries wait (Waiting for backup lock)"],
  [
    "processes",
    "process stopped mariadb",
    "mariadb is stopped by a signal (SIGSTOP): it runs and answers nobody",
  ],
  ["processes", "process frozen glance-api", "glance-api is frozen"],
  ["disk", "disk /var/lib/mysql EDQUOT", "disk full: nothing can be written in /var/lib/mysql"],
  ["disk", "disk /etc EROFS", "disk read-only: nothing can be written in /etc"],
  ["network", "network compute 10.1.0.12", "no connection to compute (10.1.0.12) in the management network"],
];

test.each(SEEN)("%s: %s", (name, line, found) => {
  const steps = control.map((one) => ({
    ...one,
    service: QUESTIONS.find((it) => it.name === name)?.service ?? "base",
  }));
  const values = Object.fromEntries(
    QUESTIONS.flatMap(({ text }) => tokensOf(text)).map((token) => [token, "x"]),
  );
  const only = QUESTIONS.filter((question) => question.name === name);
  const stdout = `@@ answer 0 @@\n${line}\nexit 0\n@@ end of answers @@\n`;
  const causes = healthBatch("control", steps, values, only)?.causes({ code: 0, stdout, stderr: "" });
  expect(causes?.map((cause) => cause.found)).toEqual(found === undefined ? [] : [found]);
});
