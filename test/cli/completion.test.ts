import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { lab } from "./fake.ts";

/** What `lab complete` prints for a command line that ends where the cursor is: candidates, and what the shell does without any. */
async function completed(line: string, setting: Parameters<typeof lab>[1] = {}) {
  const { code, stdout, stderr } = await lab(["complete", "--", ...line.split(" ")], setting);
  const lines = stdout.trimEnd().split("\n");
  const values = lines.slice(0, -1).map((text) => text.split("\t")[0]);
  return { values, last: lines.at(-1), code, stderr };
}

describe("completion", () => {
  it.each([
    ["", COMMANDS.map(({ name }) => name)],
    ["st", ["status"]],
    ["checkpoint ", ["save", "list", "restore", "delete"]],
    ["checkpoint list ", []],
    ["status --q", ["--quick"]],
    ["graph --format ", ["svg", "dot", "mermaid"]],
    ["graph --format=d", ["dot"]],
    ["up --lab ", ["lab001", "lab002"]],
    ["up --through keystone/p", ["keystone/populate-database"]],
    ["--stack lab001-local ssh co", ["control", "compute"]],
    ["status --stack ", ["lab001-local"]],
    ["reset plac", ["placement"]],
    ["completion ", ["bash", "zsh", "fish"]],
    ["exec control ls -", []],
    ["exec control -- ls ", []],
  ])("of `lab %s` is %j", async (line, values) => {
    expect(await completed(line)).toEqual({ values, last: ":4", code: 0, stderr: "" });
  });

  it.each([
    ["up --through keyst", ["keystone", "keystone/install-packages"]],
    ["verify keystone plac", ["placement", "placement/install-packages"]],
  ])("of `lab %s` has %j", async (line, values) => {
    expect((await completed(line)).values).toEqual(expect.arrayContaining(values));
  });

  it("adds the node to a step once `@` is typed", async () => {
    const plannedSteps = async () =>
      [{ name: "nova-compute/start@compute", step: { title: "Start" } }] as never;
    expect((await completed("redo nova-compute/start@", { lab: { plannedSteps } })).values).toEqual([
      "nova-compute/start@compute",
    ]);
  });

  it("takes the nodes of the stack that is named", async () => {
    const stacks = {
      one: "config:\n  scratchstack:lab: lab001\n",
      two: "config:\n  scratchstack:lab: lab001\n  scratchstack:nodes: { all: { roles: [control, compute] } }\n",
    };
    expect((await completed("--stack one ssh ", { stacks })).values).toEqual(["control", "compute"]);
    expect((await completed("ssh --stack=two ", { stacks })).values).toEqual(["all"]);
  });

  it("has the checkpoints of the stack", async () => {
    const checkpointNames = async (stack: string) => (stack === "lab001-local" ? ["keystone", "nova"] : []);
    expect((await completed("checkpoint restore n", { lab: { checkpointNames } })).values).toEqual(["nova"]);
  });

  it("leaves files to the shell", async () => {
    expect((await completed("graph --out ")).last).toBe(":0");
    expect((await completed("status ")).last).toBe(":4");
  });

  it.each([
    ["a stack file that is wrong", "ssh ", { "lab001-local": "config:\n  scratchstack:lab: lab01\n" }],
    ["a stack that does not exist", "ssh --stack none ", undefined],
  ])("prints no error for %s", async (_, line, stacks) => {
    const found = await completed(line, stacks === undefined ? {} : { stacks });
    expect(found).toEqual({ values: [], last: ":4", code: 0, stderr: "" });
  });

  it("does not change which stack was used last", async () => {
    const { home } = await lab(["complete", "--", "--stack", "lab001-local", "ssh", ""]);
    expect(existsSync(join(home, "last-stack"))).toBe(false);
  });
});

describe("lab completion", () => {
  it("rejects a shell that has no script", async () => {
    const { code, stderr } = await lab(["completion", "zhs"]);
    expect(code).toBe(2);
    expect(stderr).toContain('shell: found "zhs", expected one of bash, zsh, fish; did you mean "zsh"?');
  });
});
