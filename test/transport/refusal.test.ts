import { expect, it } from "vitest";
import { refusalOf } from "../../src/transport/refusal.ts";
import cases from "../cases/transport/refusals.json" with { type: "json" };

it.each(cases)("$case", ({ user, said, found, mend }) => {
  const refusal = refusalOf(user, said);
  expect(refusal.found).toBe(found);
  expect(refusal.fix).toContain(mend);
  expect(refusal.expected).not.toBe("");
});
