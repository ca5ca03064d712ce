import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { breaksPage } from "./index.ts";

test("docs/breaks.md is up to date: run `npm run breaks`", () => {
  expect(readFileSync(join(ROOT, "docs/breaks.md"), "utf8")).toBe(breaksPage());
});
