import { describe, expect, it } from "vitest";
import { type Measured, page } from "../../../scripts/undo/page.ts";
import { succeeded } from "../../../scripts/undo/undone.ts";
import { testPages } from "../pages.ts";

testPages<Measured>("undo", page);

describe("a service", () => {
  const clean = { steps: 2, undo: 1, up: 2, clean: 1, failed: [] };

  it.each([
    ["is undone and built again", clean, true],
    ["is not when a check failed meanwhile", { ...clean, failed: ["control nova/start:services-up"] }, false],
    ["is not when the lab never became clean", { steps: 2, undo: 1, up: 2, failed: [] }, false],
  ])("%s", (_, figures, expected) => {
    expect(succeeded(figures)).toBe(expected);
  });
});
