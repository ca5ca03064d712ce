import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { LABS } from "../../src/curriculum/labs.ts";
import { pageOf } from "../../src/curriculum/pages.ts";
import type { Fault } from "../../src/verify/results.ts";
import { suggestionFor } from "../../src/verify/suggestions.ts";

const step = "nova/start";
const node = "control";
const commands = (fault: Fault) => suggestionFor({ step, node, fault })?.commands;

test("a check that is ok gets no suggestion", () => expect(suggestionFor({ step, node })).toBeUndefined());

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
  expect(suggestionFor({ step, node, fault: "check" })?.troubleshooting).toBe(true);
  expect(suggestionFor({ step, node, fault: "step" })?.troubleshooting).toBe(false);
});

test("the page is the service's, at the section of the step", () => {
  expect(pageOf({ id: "keystone/populate-database" })).toBe("services/keystone.html#populate-database");
  expect(suggestionFor({ step, node, fault: "step" })?.page).toBe("services/nova.html#start");
});

test("no two steps share a section", () => {
  for (const { services } of Object.values(LABS)) {
    const pages = services.flatMap((service) => service.steps).map(pageOf);
    expect(new Set(pages).size).toBe(pages.length);
  }
});

test("a known cause comes with the command that mends it, on its node", () => {
  const cause = {
    step: "rabbitmq/start",
    node,
    fault: "cause",
    fix: "rabbitmqctl set_disk_free_limit 50MB",
  } as const;
  expect(suggestionFor(cause)?.commands).toEqual(["exec control -- 'rabbitmqctl set_disk_free_limit 50MB'"]);
});
