import { describe, expect, it } from "vitest";
import { kindOf } from "../../src/actions/index.ts";
import { LABS, lab001 } from "../../src/curriculum/labs.ts";
import { resolve, tokensOf, type Values } from "../../src/curriculum/tokens.ts";
import { type Lab, type Step, THIS_MACHINE } from "../../src/curriculum/types.ts";
import { syntaxError } from "../actions/shell.ts";
import { KNOWN } from "./known-tokens.ts";

describe.each(Object.entries(LABS))("%s", (id, lab) => {
  const steps = lab.services.flatMap((service) => service.steps);
  const values: Values = Object.fromEntries(tokensOf(lab).map((token) => [token, "value"]));

  it("has its id as its key", () => expect(lab.id).toBe(id));

  it("has ids that are unique, well-formed and start with their service", () => {
    const ids = steps.map((step) => step.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const service of lab.services) {
      for (const step of service.steps)
        expect(step.id).toMatch(new RegExp(`^${service.id}/[a-z0-9]+(-[a-z0-9]+)*$`));
    }
  });

  it("names only steps that exist, in an order in which no step needs a later one", () => {
    const seen = new Set<string>();
    for (const { step, needs } of withNeeds(lab)) {
      for (const need of needs) expect([...seen], `${step.id} comes after ${need}`).toContain(need);
      seen.add(step.id);
    }
  });

  // Some log in when they start. On a slow machine they would fail if Keystone did not know them yet.
  it("starts a service only after Keystone knows it", () => {
    const needs = new Map(withNeeds(lab).map(({ step, needs }) => [step.id, needs]));
    const before = (id: string): string[] => (needs.get(id) ?? []).flatMap((need) => [need, ...before(need)]);
    const known = lab.services.filter(({ id }) => needs.has(`${id}/create-identity`));
    expect(known.length).toBeGreaterThan(3);
    for (const { id } of known) expect(before(`${id}/start`), id).toContain(`${id}/create-identity`);
  });

  it("lists for each user of Keystone the APIs that check tokens as it", () => {
    for (const { id, steps } of lab.services) {
      const users = steps.flatMap(({ action }) => (action.kind === "identity" ? (action.users ?? []) : []));
      const running = steps.flatMap(({ action }) =>
        action.kind === "unit" && action.running !== false ? action.units : [],
      );
      for (const { name, units = [] } of users.filter(({ name }) => name === id)) {
        expect(units, name).not.toEqual([]);
        expect(running, name).toEqual(expect.arrayContaining([...units]));
      }
    }
  });

  it("uses only tokens with a value", () => {
    for (const token of tokensOf(lab)) {
      expect(
        KNOWN.some((pattern) => pattern.test(token)),
        token,
      ).toBe(true);
    }
  });

  it("has a title, a reason and a result for every step", () => {
    for (const step of steps) {
      for (const text of [step.title, step.why, step.see])
        expect(text.trim().length, step.id).toBeGreaterThan(8);
      expect(step.why, step.id).toMatch(/\.$/);
    }
  });

  it("needs only roles that its nodes have", () => {
    const roles = ["all", THIS_MACHINE, ...lab.roles];
    for (const step of steps) for (const role of [step.role].flat()) expect(roles, step.id).toContain(role);
  });

  it("has packages in every step that installs", () => {
    for (const { id: step, action } of steps) {
      if (action.kind === "packages") expect(action.names.length, step).toBeGreaterThan(0);
    }
  });

  it("installs packages only after services cannot start by themselves", () => {
    for (const step of steps.filter(({ action }) => action.kind === "packages")) {
      expect(step.after, step.id).toContain("base/hold-services-back");
    }
  });

  it.each(lab.services.map((service) => [service.id, service] as const))("checks %s", (_, service) => {
    // A step that changes nothing is a check itself.
    const looks = service.steps.filter(({ action }) => action.kind === "command");
    expect(service.steps.flatMap((step) => step.checks ?? []).length + looks.length).toBeGreaterThan(0);
  });

  it("has checks with unique names in each step", () => {
    for (const step of steps) {
      const names = (step.checks ?? []).map((check) => check.name);
      expect(new Set(names).size, step.id).toBe(names.length);
    }
  });

  it.each(steps.map((step) => [step.id, step] as const))(
    "%s holds shell that a shell can read",
    (_, step) => {
      for (const text of shellOf(step)) expect(syntaxError(resolve(text, values)), text).toBe("");
    },
  );
});

describe("passwords", () => {
  it("are never an argument of a command", () => {
    for (const service of lab001.services) {
      for (const text of service.steps.flatMap(shellOf)) {
        const bare = text.replace(/<<'?END'?.*\n[\s\S]*?\nEND$/gm, "");
        const lines = bare.split("\n").filter((line) => line.includes("{{secret:"));
        // The shell itself does an assignment: it is in no process list.
        for (const line of lines) expect(line).toMatch(/^[A-Z_]+='\{\{secret:[^']*\}\}'$/);
      }
    }
  });
});

/** Every step with the steps in its `after`; without `after`, the step above it. */
function withNeeds(lab: Lab): { step: Step; needs: readonly string[] }[] {
  return lab.services.flatMap((service) =>
    service.steps.map((step, index) => {
      const above = service.steps[index - 1];
      const needs = (step.after ?? (above ? [above.id] : [])).map((need) => need.replace(/@.*/, ""));
      return { step, needs };
    }),
  );
}

function shellOf({ action, checks = [] }: Step): string[] {
  const own = {
    command: () =>
      action.kind === "command" ? [action.run, kindOf(action).holds?.(action) ?? "", action.undo ?? ""] : [],
    unit: () => (action.kind === "unit" ? [action.ready ?? ""] : []),
    schema: () => (action.kind === "schema" ? [action.run] : []),
  };
  const read = action.kind in own ? own[action.kind as keyof typeof own]() : [];
  return [...read, ...checks.map((check) => check.run)];
}
