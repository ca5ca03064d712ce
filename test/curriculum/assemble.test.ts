import { describe, expect, it } from "vitest";
import { assemble } from "../../src/curriculum/assemble.ts";
import type { Lab, Service } from "../../src/curriculum/types.ts";
import { step } from "../plan/course.ts";

const unit = { kind: "unit", units: ["u"] } as const;

const STAND_IN: Service = {
  id: "stand-in",
  title: "s",
  module: "001",
  steps: [{ ...step("stand-in/start", "control", unit), until: "lab002" }],
};

const API: Service = {
  id: "api",
  title: "a",
  module: "001",
  steps: [
    step("api/install", "control", unit, ["stand-in/start", "net/start"]),
    { ...step("api/alone", "control", unit), until: "lab002" },
    step("api/start", "control", unit),
    { ...step("api/more", "control", unit), from: "lab002" },
  ],
};

const NET: Service = { id: "net", title: "n", module: "002", steps: [step("net/start", "control", unit)] };
const ALL = [STAND_IN, API, NET];

const lab = (id: string, services: readonly Service[]): Lab =>
  assemble({ id, title: "t", roles: ["control"], services }, ALL);

const ids = ({ services }: Lab) =>
  services.flatMap((service) => [service.id, ...service.steps.map(({ id }) => id)]);

describe("assemble", () => {
  it("leaves out steps that begin in a later lab", () => {
    expect(ids(lab("lab001", [STAND_IN, API]))).toEqual([
      "stand-in",
      "stand-in/start",
      "api",
      "api/install",
      "api/alone",
      "api/start",
    ]);
  });

  it("leaves out steps that have ended, and services without steps", () => {
    expect(ids(lab("lab002", ALL))).toEqual([
      "api",
      "api/install",
      "api/start",
      "api/more",
      "net",
      "net/start",
    ]);
  });

  it("ignores an `after` that only another lab has, not one that no lab has", () => {
    const after = (found: Lab) => found.services.find(({ id }) => id === "api")?.steps[0]?.after;
    expect(after(lab("lab001", [STAND_IN, API]))).toEqual(["stand-in/start"]);
    expect(after(lab("lab002", ALL))).toEqual(["net/start"]);
    const lost = { ...NET, steps: [step("net/start", "control", unit, ["net/nowhere"])] };
    expect(lab("lab002", [lost]).services[0]?.steps[0]?.after).toEqual(["net/nowhere"]);
  });
});
