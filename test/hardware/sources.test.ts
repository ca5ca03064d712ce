import { describe, expect, it } from "vitest";
import { packageSources, sourcesFrom } from "../../src/hardware/sources.ts";
import cases from "../cases/hardware/sources.json" with { type: "json" };

describe("package sources", () => {
  it.each(cases)("$case", ({ targets, sources }) => {
    expect(sourcesFrom(targets.join("\n"))).toEqual(sources);
  });

  it("are the configured ones where there are any", () => {
    const own = ["deb http://own.test/debian trixie main"];
    expect(packageSources(own)).toBe(own);
  });
});
