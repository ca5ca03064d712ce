import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, test } from "vitest";
import { plannedSteps } from "../../src/plan/planned-steps.ts";
import { Collector } from "../../src/run/report.ts";
import { Translator } from "../../src/run/translate-events.ts";
import { CONFIG, LAB } from "../plan/course.ts";

const TYPE = "command:remote:Command";
const urn = (name: string, type = TYPE) =>
  `urn:pulumi:s::scratchstack::scratchstack:lab:Lab$${type}::${name}`;
const meta = (name: string, op: string, type = TYPE) => ({ urn: urn(name, type), op, type });
const event = (part: object) => ({ sequence: 1, timestamp: 1, ...part }) as unknown as EngineEvent;
const pre = (name: string, op: string, type?: string) =>
  event({ resourcePreEvent: { metadata: meta(name, op, type) } });
const out = (name: string, op: string, type?: string) =>
  event({ resOutputsEvent: { metadata: meta(name, op, type) } });
const said = (name: string, severity: string, message: string) =>
  event({ diagnosticEvent: { urn: name === "" ? "" : urn(name), severity, message } });

const course = plannedSteps(CONFIG, LAB);

describe("Translator", () => {
  test("a step is started and done, with its time", () => {
    const translator = new Translator(course);
    expect(translator.translate(pre("api/install@control", "create"), 1000)).toEqual([
      {
        type: "started",
        name: "api/install@control",
        step: "api/install",
        node: "control",
        title: "api/install",
        operation: "create",
        at: 1000,
      },
    ]);
    expect(translator.translate(out("api/install@control", "create"), 3500)).toEqual([
      {
        type: "done",
        name: "api/install@control",
        step: "api/install",
        node: "control",
        changed: true,
        seconds: 2.5,
        at: 3500,
      },
    ]);
  });

  test("a resource that is up to date is done without being started", () => {
    const translator = new Translator(course);
    expect(translator.translate(pre("api/install@control", "same"), 1000)).toEqual([]);
    expect(translator.translate(out("api/install@control", "same"), 1001)).toMatchObject([
      { changed: false, seconds: 0 },
    ]);
  });

  test("components have no events", () => {
    expect(
      new Translator(course).translate(pre("keystone", "create", "scratchstack:lab:Service"), 1),
    ).toEqual([]);
  });

  test("debug diagnostics, which hold secrets, are dropped", () => {
    expect(new Translator(course).translate(said("api/install@control", "debug", "password"), 1)).toEqual([]);
  });

  test("a failure has its errors, without colours", () => {
    const translator = new Translator(course);
    translator.translate(said("api/start@control", "error", "<{%fg 1%}>boom<{%reset%}>\n"), 1);
    const failed = event({ resOpFailedEvent: { metadata: meta("api/start@control", "create") } });
    expect(translator.translate(failed, 9)).toEqual([
      {
        type: "failed",
        name: "api/start@control",
        step: "api/start",
        node: "control",
        message: "boom",
        seconds: 0,
        at: 9,
      },
    ]);
  });

  test("a step that is done in one round and up to date in the next is unchanged in the next", () => {
    const translator = new Translator(course);
    translator.translate(pre("api/install@control", "update"), 1000);
    translator.translate(out("api/install@control", "update"), 2000);
    expect(translator.translate(out("api/install@control", "same"), 3000)).toMatchObject([
      { type: "done", changed: false, seconds: 0 },
    ]);
  });

  test("a failure has its time", () => {
    const translator = new Translator(course);
    translator.translate(pre("api/start@control", "create"), 1000);
    const failed = event({ resOpFailedEvent: { metadata: meta("api/start@control", "create") } });
    expect(translator.translate(failed, 4000)).toMatchObject([{ type: "failed", seconds: 3 }]);
  });

  test("a replacement is a creation and a deletion, not a third event", () => {
    const translator = new Translator(course);
    const operations = ["create-replacement", "replace", "delete-replaced"];
    const types = operations.flatMap((op) =>
      [pre("api/install@control", op), out("api/install@control", op)].flatMap((one) =>
        translator.translate(one, 1).map(({ type }) => type),
      ),
    );
    expect(types).toEqual(["started", "done", "started", "done"]);
  });

  test("errors of the program itself are kept apart", () => {
    const translator = new Translator(course);
    translator.translate(said("", "error", "bad configuration"), 1);
    expect(translator.otherErrors).toEqual(["bad configuration"]);
  });

  test("hardware, keys, passwords and facts have titles of their own", () => {
    const translator = new Translator(course);
    const names = [
      "secret/api/database",
      "secrets/ssh-login",
      "facts@control",
      "hardware/image",
      "hardware/image-control",
      "hardware/node-control",
    ];
    const titles = names.map((name) => translator.translate(pre(name, "create"), 1)[0]);
    expect(titles).toMatchObject([
      { title: "Make the password api/database" },
      { title: "Make the key ssh-login" },
      { title: "Find out what control can do", node: "control" },
      { title: "Make image" },
      { title: "Make the image that holds its packages", node: "control" },
      { title: "Make node control", node: "control" },
    ]);
  });
});

describe("Collector", () => {
  test("counts changed and unchanged resources, and knows the dependencies of each", () => {
    const collector = new Collector(course);
    collector.add({ type: "started", name: "api/configure@control", title: "C", operation: "create", at: 5 });
    collector.add({ type: "done", name: "api/configure@control", changed: true, seconds: 2, at: 7 });
    collector.add({ type: "done", name: "api/start@control", changed: false, seconds: 0, at: 8 });
    collector.add({ type: "failed", name: "agent/start@one", message: "m", seconds: 1, at: 9 });
    expect(collector.unchanged).toBe(1);
    expect(collector.steps).toEqual([
      { name: "api/configure@control", title: "C", seconds: 2, started: 5, after: ["api/install@control"] },
    ]);
    expect(collector.failures).toEqual([{ name: "agent/start@one", message: "m" }]);
  });

  test("a node comes after its image, which comes after nothing", () => {
    const collector = new Collector(course);
    for (const name of ["hardware/image-one", "hardware/node-one"]) {
      collector.add({ type: "started", name, node: "one", title: "T", operation: "create", at: 1 });
      collector.add({ type: "done", name, node: "one", changed: true, seconds: 2, at: 3 });
    }
    // Of whichever kind of hardware it is: names of which there is none are of no importance.
    const before = ["hardware/image", "hardware/image-one", "hardware/server-one"];
    expect(collector.steps.map(({ after }) => after)).toEqual([[], before]);
  });
});
