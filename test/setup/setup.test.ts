import { describe, expect, it } from "vitest";
import { UserError } from "../../src/config/errors.ts";
import { doctor } from "../../src/setup/doctor.ts";
import { REQUIREMENTS } from "../../src/setup/requirements.ts";
import { runSetup } from "../../src/setup/setup.ts";
import type { Requirement, State } from "../../src/setup/types.ts";

/** A requirement that is in `states` one after the other, each time it is mended. */
function requirement(id: string, states: State[], mend: Partial<Requirement["mend"]> = {}): Requirement {
  let now = 0;
  const run = mend.run ?? (async () => void now++);
  return {
    id,
    title: id,
    neededBy: "a test",
    probe: async () => ({ found: `${id} is ${states[now]}`, state: states[now] ?? "missing" }),
    mend: { text: `mend ${id}`, ...mend, run },
  };
}

function unmendable(id: string, state: State): Requirement {
  const { mend, ...rest } = requirement(id, [state]);
  return { ...rest, mend: { text: mend.text } };
}

async function setUp(
  requirements: Requirement[],
  quick = false,
): Promise<{ said: string[]; mended: string[] }> {
  const said: string[] = [];
  const rows = await runSetup({ say: (line) => said.push(line), quick, requirements });
  return { said, mended: rows.map(({ id }) => id) };
}

describe("runSetup", () => {
  it("says and changes nothing where nothing is lacking", async () => {
    expect(await setUp([requirement("a", ["ok"]), unmendable("b", "ok")])).toEqual({ said: [], mended: [] });
  });

  it("mends in order, and says why", async () => {
    const { said, mended } = await setUp([
      requirement("a", ["missing", "ok"]),
      requirement("b", ["warn", "ok"]),
    ]);
    expect(mended).toEqual(["a", "b"]);
    expect(said).toEqual(["a: a is missing. Needed by a test.", "b: b is warn. Needed by a test."]);
  });

  it("lets a warning be that nobody can mend by program", async () => {
    expect((await setUp([unmendable("kvm", "warn")])).mended).toEqual([]);
  });

  it("stops at what only a person can mend, before anything after it is touched", async () => {
    let touched = false;
    const touch = async (): Promise<void> => {
      touched = true;
    };
    const after = requirement("later", ["missing"], { run: touch });
    await expect(setUp([unmendable("memory", "missing"), after])).rejects.toThrow(
      new UserError("memory: memory is missing. Needed by a test.\nTo mend it: mend memory", 1),
    );
    expect(touched).toBe(false);
  });

  it("does not believe a cure that did not help", async () => {
    await expect(setUp([requirement("a", ["missing", "missing"])])).rejects.toThrow("a is missing");
  });

  it("leaves out what can wait when it shall be quick", async () => {
    const slow = (): Requirement => requirement("slow", ["warn", "ok"], {});
    const later = (): Requirement => ({ ...slow(), mend: { ...slow().mend, later: true } });
    expect((await setUp([later()], true)).mended).toEqual([]);
    expect((await setUp([later()])).mended).toEqual(["slow"]);
  });
});

describe("doctor", () => {
  it("gives a row for each, with the cure only where one is needed", async () => {
    expect(await doctor([requirement("a", ["ok"]), requirement("b", ["missing"])])).toEqual([
      { id: "a", title: "a", found: "a is ok", state: "ok", mend: "" },
      { id: "b", title: "b", found: "b is missing", state: "missing", mend: "mend b" },
    ]);
  });

  it("prefers the cure for what was found", async () => {
    const special: Requirement = {
      ...requirement("a", []),
      probe: async () => ({ found: "old", state: "warn", mend: "this" }),
    };
    expect((await doctor([special]))[0]?.mend).toBe("this");
  });

  it("knows every requirement by a name of its own", () => {
    const ids = REQUIREMENTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
