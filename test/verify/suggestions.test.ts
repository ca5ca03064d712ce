import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { LABS } from "../../src/curriculum/labs.ts";
import { pageOf } from "../../src/curriculum/pages.ts";
import type { Fault } from "../../src/verify/results.ts";
import { suggestionFor } from "../../src/verify/suggestions.ts";

const step = "nova/start";
const commands = (fault: Fault) => suggestionFor({ step, fault })?.commands;

test("a check that is ok gets no suggestion", () => expect(suggestionFor({ step })).toBeUndefined());

test("the fault decides which commands are suggested", () => {
  expect(commands("not-done")).toEqual(["up"]);
  expect(commands("step")).toEqual(["redo nova/start", "up"]);
  expect(commands("check")).toEqual(["redo nova/start", "reset nova"]);
  expect(commands("unreachable")).toEqual(["status", "up"]);
});

test("every suggested command exists", () => {
  const names = new Set(COMMANDS.map(({ name }) => name));
  for (const fault of ["not-done", "step", "check", "unreachable"] as const) {
    for (const words of commands(fault) ?? []) expect(names).toContain(words.split(" ")[0]);
  }
});

test("a fault with many possible reasons leads to the troubleshooting page too", () => {
  expect(suggestionFor({ step, fault: "check" })?.troubleshooting).toBe(true);
  expect(suggestionFor({ step, fault: "step" })?.troubleshooting).toBe(false);
});

test("the page is the service's, at the section of the step", () => {
  expect(pageOf({ id: "keystone/populate-database" })).toBe("services/keystone.html#populate-database");
  expect(suggestionFor({ step, fault: "step" })?.page).toBe("services/nova.html#start");
});

test("no two steps share a section", () => {
  for (const { services } of Object.values(LABS)) {
    const pages = services.flatMap((service) => service.steps).map(pageOf);
    expect(new Set(pages).size).toBe(pages.length);
  }
});
