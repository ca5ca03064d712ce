import { describe, expect, it } from "vitest";
import { type Measured, performance, reliability } from "../../../scripts/restores/page.ts";
import { keptIn } from "../../../scripts/restores/round.ts";

const measured: Measured = {
  date: "2026-01-02",
  machine: "2 cores",
  source: "abc",
  seed: 7,
  built: { up: 280, kept: [{ names: ["after-base", "after-mariadb"], seconds: 0.4 }] },
  nothing: [7, 9.04, 8],
  aim: { checkpoint: "after-keystone", restore: 5, clean: 20.04, on: { up: 200, whole: 3 } },
  rounds: [
    { checkpoint: "after-nova", restore: 4, clean: 30, on: { up: 90, whole: 2 } },
    { checkpoint: "after-base", restore: 4, clean: 6, on: { up: 250 } },
    { checkpoint: "after-base", restore: 4, clean: 7 },
    { checkpoint: "after-base", restore: 4 },
  ],
};

describe("what was measured of checkpoints", () => {
  it("is a table of rounds", () => {
    expect(reliability(measured).split("\n").slice(-4)).toEqual([
      "| 1 | `after-nova` | 4.0 | 30.0 | 90.0 | 2.0 | yes |",
      "| 2 | `after-base` | 4.0 | 6.0 | 250.0 | never | no |",
      "| 3 | `after-base` | 4.0 | 7.0 |  |  | yes |",
      "| 4 | `after-base` | 4.0 | never |  |  | no |",
    ]);
  });

  it("is what they cost, and the aim", () => {
    expect(performance(measured)).toContain("| of which for 2 checkpoints, taken as 1 | 0.4 s |  |");
    expect(performance(measured)).toContain("| 8.0 s (7.0, 9.0, 8.0) | within 8 s |");
    expect(performance(measured)).toContain("| 20.0 s | at most 28.0 s |");
  });

  it("counts what was kept at once once", () => {
    const event = (name: string, at: number) => ({ type: "checkpoint" as const, name, seconds: 0.3, at });
    expect(keptIn([event("a", 1), event("b", 1), event("c", 2)])).toEqual([
      { names: ["a", "b"], seconds: 0.3 },
      { names: ["c"], seconds: 0.3 },
    ]);
  });
});
