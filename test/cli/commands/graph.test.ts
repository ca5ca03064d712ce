import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { UserError } from "../../../src/config/errors.ts";
import { lab, observed, type Parts } from "../fake.ts";

const nothing = async () => observed({ exists: false, nodes: [] });
const draw = (argv: readonly string[], parts: Partial<Parts> = {}) =>
  lab(["graph", ...argv], { lab: { observe: nothing, ...parts } });

it("draws an SVG from the configuration before there is anything", async () => {
  const { code, stdout, stderr } = await draw([]);
  expect(stdout).toMatch(/^<svg .*<\/svg>\n$/s);
  expect(stdout).not.toContain("not there yet");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

it("shows what is built and what is not", async () => {
  const { stdout } = await draw(["--lab", "lab002"], { observe: async () => observed() });
  expect(stdout).toContain("Lab002: Network node");
  expect(stdout).toContain("2 of them stand");
  expect(stdout).toContain(">not there yet<");
});

it.each([
  ["dot", 'graph "lab001-local" {'],
  ["mermaid", "flowchart TB"],
])("draws %s", async (format, expected) => {
  expect((await draw(["--format", format])).stdout).toContain(expected);
});

it("answers an unknown format with those there are", async () => {
  const { code, stderr } = await draw(["--format", "sgv"]);
  expect(stderr).toBe('--format: found "sgv", expected one of svg, dot, mermaid; did you mean "svg"?\n');
  expect(code).toBe(2);
});

it("answers an unknown lab with those there are", async () => {
  const { code, stderr } = await draw(["--lab", "lab9"]);
  expect(stderr).toContain('--lab: found "lab9", expected one of lab001, lab002');
  expect(code).toBe(2);
});

it("with --json prints the model, and no secrets", async () => {
  const { stdout } = await draw(["--json"], { observe: async () => observed() });
  expect(JSON.parse(stdout)).toMatchObject({
    stack: "lab001-local",
    nodes: [{ id: "control", standing: true }, {}],
  });
  expect(stdout).not.toContain("the private key");
  expect(stdout).not.toContain("the password");
});

it("writes into a file, and says so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "lab-graph-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "lab.svg");
  const { stdout, stderr } = await draw(["--out", file]);
  expect({ stdout, stderr }).toEqual({ stdout: "", stderr: `${file} written\n` });
  expect(readFileSync(file, "utf8")).toMatch(/^<svg /);
  const failed = await draw(["--out", join(folder, "none/lab.svg")]);
  expect(failed.stderr).toBe(`--out: cannot write ${join(folder, "none/lab.svg")}: ENOENT\n`);
  expect(failed.code).toBe(2);
});

it("draws where nothing is set up yet, and says that it did not look", async () => {
  const observe = async () => {
    throw new UserError("The Pulumi engine is not there yet.", 1);
  };
  const { code, stdout, stderr } = await draw([], { observe });
  expect(stderr).toBe(
    "Drawn as configured: the state of lab001-local cannot be read. The Pulumi engine is not there yet.\n",
  );
  expect(stdout).toMatch(/^<svg /);
  expect(code).toBe(0);
});
