import { expect, test } from "vitest";
import { unmended } from "../../src/run/unmended.ts";

const difference = { what: "check nova/start:services-up", expected: "up", seen: "down" };

test("says what differs, and what takes the service back", () => {
  expect(unmended("nova/start", [difference], true).split("\n")).toEqual([
    "the step was done again, and still does not hold:",
    "check nova/start:services-up: expected up, found down",
    "To fix it: if it stays so (`scripts/lab verify nova/start`): `scripts/lab reset nova`, then `scripts/lab up`, or a checkpoint (`scripts/lab checkpoint list`)",
  ]);
});

test("says the fix that the probe knows instead", () => {
  const text = unmended("nova/start", [{ ...difference, fix: "unplug it" }], false);
  expect(text).toMatch(/^the step does not hold:\n/);
  expect(text).toMatch(/\nTo fix it: unplug it$/);
});
