import { expect, test } from "vitest";
import { LABS } from "../../src/curriculum/labs.ts";
import { tokensOf } from "../../src/curriculum/tokens.ts";
import { KNOWN } from "../curriculum/known-tokens.ts";
import { breaksOf } from "./index.ts";

// A token without a value would be found only after half an hour of building a lab.
test.each(Object.entries(LABS))("the breaks of %s use only tokens that have a value", (_, lab) => {
  const unknown = tokensOf(breaksOf(lab)).filter((token) => !KNOWN.some((known) => known.test(token)));
  expect(unknown).toEqual([]);
});
