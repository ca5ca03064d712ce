import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { differencesOf, inLine, stepRecord } from "../../src/actions/step-record.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import { folder, run } from "./shell.ts";

const ask = async (script: string) => run(script);

it("a step with an embedded record is judged by whoever can run shell on its node", async () => {
  const file = join(folder(), "service.conf");
  const action: Action = {
    kind: "ini",
    file,
    set: { DEFAULT: { debug: "true", admin_password: "s3cr3t-1" } },
  };
  const record = stepRecord({ action, reads: [], secrets: ["s3cr3t-1"] });
  writeFileSync(file, "[DEFAULT]\ndebug = true\nadmin_password = s3cr3t-1\n");
  expect(await differencesOf(record, ask)).toEqual([]);
  writeFileSync(file, "[DEFAULT]\ndebug = false\nadmin_password = 0ld\n");
  const found = await differencesOf(record, ask);
  expect(found.map(inLine)).toEqual([
    "[DEFAULT] debug: false → true",
    "[DEFAULT] admin_password: another value → the lab's secret",
  ]);
});

it("what a unit reads has drifted: so has the unit", async () => {
  const file = join(folder(), "service.conf");
  writeFileSync(file, "[DEFAULT]\ndebug = false\n");
  const read: Action = { kind: "ini", file, set: { DEFAULT: { debug: "true" } } };
  const own: Action = { kind: "command", run: "true", holds: "true" };
  const found = await differencesOf(stepRecord({ action: own, reads: [read], secrets: [] }), ask);
  expect(found.map(inLine)).toEqual(["read by this unit: [DEFAULT] debug: false → true"]);
});

it("no secret gets out, even where a command prints one", async () => {
  const action: Action = { kind: "command", run: "true", holds: "echo it is s3cr3t-1; false" };
  const found = await differencesOf(stepRecord({ action, reads: [], secrets: ["s3cr3t-1"] }), ask);
  expect(found.map(inLine)).toEqual(["result of the command: it is ******** → holds"]);
});
