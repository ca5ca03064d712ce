import { expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { LABS } from "../../src/curriculum/labs.ts";
import { pageOf } from "../../src/curriculum/pages.ts";
import { adviceOn } from "../../src/verify/advice.ts";

const step = "nova/start";
const back = (fault: NonNullable<Parameters<typeof adviceOn>[0]["fault"]>) => adviceOn({ step, fault })?.back;

test("what is ok needs none", () => expect(adviceOn({ step })).toBeUndefined());

test("what goes back is chosen by what is wrong", () => {
  expect(back("not-done")).toEqual(["up"]);
  expect(back("step")).toEqual(["redo nova/start", "up"]);
  expect(back("check")).toEqual(["redo nova/start", "reset nova"]);
  expect(back("unreachable")).toEqual(["status", "up"]);
});

test("what goes back are commands that there are", () => {
  const names = new Set(COMMANDS.map(({ name }) => name));
  for (const fault of ["not-done", "step", "check", "unreachable"] as const) {
    for (const words of back(fault) ?? []) expect(names).toContain(words.split(" ")[0]);
  }
});

test("what may have many reasons leads to troubleshooting too", () => {
  expect(adviceOn({ step, fault: "check" })?.troubleshooting).toBe(true);
  expect(adviceOn({ step, fault: "step" })?.troubleshooting).toBe(false);
});

test("a step's page is its service's, at its own place", () => {
  expect(pageOf({ id: "keystone/populate-database" })).toBe("services/keystone.html#populate-database");
  expect(adviceOn({ step, fault: "step" })?.page).toBe("services/nova.html#start");
});

test("no two steps share a place", () => {
  for (const { services } of Object.values(LABS)) {
    const pages = services.flatMap((service) => service.steps).map(pageOf);
    expect(new Set(pages).size).toBe(pages.length);
  }
});
