import { expect, it } from "vitest";
import { changes } from "../../src/plugin/diff.ts";
import type { Properties } from "../../src/plugin/values.ts";
import cases from "../cases/plugin/diff.json" with { type: "json" };

it.each(cases)("$name", (given) => {
  const { olds, news } = given as { olds: Properties; news: Properties };
  expect(changes(olds, news, given.ignored)).toEqual(given.changes);
});
