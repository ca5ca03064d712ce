import { expect, test } from "vitest";
import { LABS } from "../../src/curriculum/labs.ts";
import { pageOf } from "../../src/curriculum/pages.ts";
import { adviceOn } from "../../src/verify/advice.ts";

const step = "nova/start";
const back = (fault: NonNullable<Parameters<typeof adviceOn>[0]["fault"]>) => adviceOn({ step, fault })?.back;

test("what is ok needs none", () => expect(adviceOn({ step })).toBeUndefined());

test("what goes back is chosen by what is wrong", () => {
  expect(back("not-done")).toEqual(["up"]);
  expect(back("step")).toEqual(["redo nova/start"]);
  expect(back("check")).toEqual(["redo nova/start", "reset nova"]);
  expect(back("unreachable")).toEqual(["status", "up"]);
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
