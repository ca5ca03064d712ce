import { describe, expect, it } from "vitest";
import { UserError } from "../../src/config/errors.ts";
import { doctor } from "../../src/setup/doctor.ts";
import { REQUIREMENTS } from "../../src/setup/requirements.ts";
import { runSetup } from "../../src/setup/setup.ts";
import type { Requirement, State } from "../../src/setup/types.ts";

/** A requirement that is in `states` one after the other, each time it is provided. */
function requirement(id: string, states: State[], fix: Partial<Requirement["fix"]> = {}): Requirement {
  let now = 0;
  const run = fix.run ?? (async () => void now++);
  return {
    id,
    title: id,
    neededBy: "a test",
    probe: async () => ({ found: `${id} is ${states[now]}`, state: states[now] ?? "missing" }),
    fix: { text: `fix ${id}`, ...fix, run },
  };
}

function notFixable(id: string, state: State): Requirement {
  const { fix, ...rest } = requirement(id, [state]);
  return { ...rest, fix: { text: fix.text } };
}

async function setUp(
  requirements: Requirement[],
  quick = false,
): Promise<{ printed: string[]; provided: string[] }> {
  const printed: string[] = [];
  const rows = await runSetup({ say: (line) => printed.push(line), quick, requirements });
  return { printed, provided: rows.map(({ id }) => id) };
}

describe("runSetup", () => {
  it("prints and changes nothing where nothing is missing", async () => {
    expect(await setUp([requirement("a", ["ok"]), notFixable("b", "ok")])).toEqual({
      printed: [],
      provided: [],
    });
  });

  it("provides what is missing in order, and prints why it is needed", async () => {
    const { printed, provided } = await setUp([
      requirement("a", ["missing", "ok"]),
      requirement("b", ["warn", "ok"]),
    ]);
    expect(provided).toEqual(["a", "b"]);
    expect(printed).toEqual(["a: a is missing. Needed by a test.", "b: b is warn. Needed by a test."]);
  });

  it("ignores a warning that no program can fix", async () => {
    expect((await setUp([notFixable("kvm", "warn")])).provided).toEqual([]);
  });

  it("stops at what only a person can fix, before any later requirement is provided", async () => {
    let touched = false;
    const touch = async (): Promise<void> => {
      touched = true;
    };
    const after = requirement("later", ["missing"], { run: touch });
    await expect(setUp([notFixable("memory", "missing"), after])).rejects.toThrow(
      new UserError("memory: memory is missing. Needed by a test.\nTo fix it: fix memory", 1),
    );
    expect(touched).toBe(false);
  });

  it("fails when the requirement is still missing afterwards", async () => {
    await expect(setUp([requirement("a", ["missing", "missing"])])).rejects.toThrow("a is missing");
  });

  it("leaves out what the first lab does not need when it is quick", async () => {
    const slow = (): Requirement => requirement("slow", ["warn", "ok"], {});
    const later = (): Requirement => ({ ...slow(), fix: { ...slow().fix, later: true } });
    expect((await setUp([later()], true)).provided).toEqual([]);
    expect((await setUp([later()])).provided).toEqual(["slow"]);
  });
});

describe("doctor", () => {
  it("returns a row for each requirement, with a fix only where one is needed", async () => {
    expect(await doctor([requirement("a", ["ok"]), requirement("b", ["missing"])])).toEqual([
      { id: "a", title: "a", found: "a is ok", state: "ok", mend: "" },
      { id: "b", title: "b", found: "b is missing", state: "missing", mend: "fix b" },
    ]);
  });

  it("prefers the fix for what was found", async () => {
    const special: Requirement = {
      ...requirement("a", []),
      probe: async () => ({ found: "old", state: "warn", fix: "this" }),
    };
    expect((await doctor([special]))[0]?.mend).toBe("this");
  });

  it("has a different id for each requirement", () => {
    const ids = REQUIREMENTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
