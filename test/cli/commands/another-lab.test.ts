import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Observed } from "../../../src/engine/observed.ts";
import { lab, node, observed, type Parts, report } from "../fake.ts";
import { plan } from "../views/events.ts";

const FILE = "## Mine\nconfig:\n  scratchstack:lab: lab001 # so far\nencryptionsalt: v1:a:v1:b:c\n";
/** The line that names the stack. */
const MINE = "Stack mine (lab002, local)\n";
const CHANGED = FILE.replace("lab: lab001", "lab: lab002");
const BUILT = observed();
const FURTHER = observed({ nodes: [...BUILT.nodes, node("network", 13)] });

/** Runs a command on a stack; what the engine was handed, and what its file said before the run and after it. */
async function run(argv: readonly string[], text = FILE, state: Observed = BUILT, ready = true) {
  const seen: unknown[] = [];
  const up: Parts["up"] = async ({ name: stack, config }, { onEvent, preview = false }) => {
    seen.push({ stack, lab: config.lab, nodes: Object.keys(config.nodes), preview });
    if (!ready) throw new Error("not to be built here");
    onEvent(plan(1));
    return report({ unchanged: 1 });
  };
  const result = await lab(argv, {
    stacks: { mine: text },
    lab: { up, observe: async () => state, plannedSteps: async () => [] },
  });
  return { ...result, seen, file: readFileSync(join(result.home, "Pulumi.mine.yaml"), "utf8") };
}

const [short, long] = [
  ["control", "compute"],
  ["control", "compute", "network"],
];

describe("up --lab", () => {
  it("goes on to the lab and writes it into the stack file, and only that", async () => {
    const { code, stderr, seen, file, home } = await run(["up", "--lab", "lab002"]);
    expect(seen).toEqual([{ stack: "mine", lab: "lab002", nodes: long, preview: false }]);
    expect(file).toBe(CHANGED);
    expect(stderr).toBe(`${MINE}${join(home, "Pulumi.mine.yaml")} now says lab002\n`);
    expect(code).toBe(0);
  });

  it.each([["up", "--lab", "lab002"], ["up"]])(
    "%s with the lab that the file says writes and says nothing",
    async (...argv) => {
      const { code, stderr, seen, file } = await run(argv, CHANGED);
      expect(seen).toEqual([{ stack: "mine", lab: "lab002", nodes: long, preview: false }]);
      expect({ code, stderr, file }).toEqual({ code: 0, stderr: MINE, file: CHANGED });
    },
  );

  it("leaves the file alone where the lab cannot be built on this machine", async () => {
    const { code, file } = await run(["up", "--lab", "lab002"], FILE, BUILT, false);
    expect({ code, file }).toEqual({ code: 1, file: FILE });
  });

  it("builds a shorter lab where nothing of the longer is there", async () => {
    const nothing = observed({ exists: false, nodes: [], done: [] });
    const { code, file, seen } = await run(["up", "--lab", "lab001"], CHANGED, nothing);
    expect(seen).toEqual([{ stack: "mine", lab: "lab001", nodes: short, preview: false }]);
    expect({ code, file }).toEqual({ code: 0, file: FILE });
  });
});

describe("preview --lab", () => {
  it("previews and leaves the file alone", async () => {
    const { code, stderr, seen, file } = await run(["preview", "--lab", "lab002"]);
    expect(seen).toEqual([{ stack: "mine", lab: "lab002", nodes: long, preview: true }]);
    expect({ code, stderr, file }).toEqual({ code: 0, stderr: MINE, file: FILE });
  });
});

describe.each(["up", "preview"])("%s --lab refuses, writes nothing, starts nothing:", (command) => {
  const refused = async (id: string, text = FILE, state = BUILT) => {
    const { code, stdout, stderr, seen, file } = await run([command, "--lab", id], text, state);
    expect({ code, stdout, seen, file }).toEqual({ code: 2, stdout: "", seen: [], file: text });
    return stderr;
  };

  it("an unknown lab", async () => {
    expect(await refused("lab02")).toBe(
      '--lab: found "lab02", expected one of lab001, lab002; did you mean "lab002"?\n',
    );
  });

  it("a configuration that is not right for it, with file and line", async () => {
    const text = `${FILE.replace("encryptionsalt", "  scratchstack:nodes: {control: {}, compute: {}}\nencryptionsalt")}`;
    expect(await refused("lab002", text)).toMatch(
      /Pulumi\.mine\.yaml:4: nodes: found no node with the role network, expected the roles .* which lab002 needs/,
    );
  });

  it("a file that is not right at all", async () => {
    expect(await refused("lab002", "config: [\n")).toMatch(/Pulumi\.mine\.yaml:\d: not YAML/);
    expect(await refused("lab002", "config: {}\n")).toMatch(/lab: found nothing, expected one of/);
  });

  it("the way back", async () => {
    for (const text of [CHANGED, FILE]) {
      expect(await refused("lab001", text, FURTHER)).toBe(
        "Stack mine (lab001, local)\n--lab: found lab001, but mine is at lab002 already. A lab is continued, not taken back: " +
          "`scripts/lab down --stack mine`, then `scripts/lab up --stack mine --lab lab001` builds the shorter one.\n",
      );
    }
  });
});

it("other commands know no --lab", async () => {
  expect((await lab(["status", "--lab", "lab002"])).stderr).toContain("unknown option '--lab'");
});
