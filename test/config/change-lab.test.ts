import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { withLab, writeLab } from "../../src/config/change-lab.ts";

const AROUND = {
  before:
    "## A lab of mine: lab001.\nconfig:\n    scratchstack:settings: {workers:   3} # not lab001\n    openstack:lab: lab001\n",
  after:
    "\n\n    scratchstack:nodes:\n      # scratchstack:lab: lab001\n      control: {}\nencryptionsalt: v1:aGVsbG8=:v1:x/y:z==\n",
};
const file = (line: string): string => AROUND.before + line + AROUND.after;

describe("another lab in the text of a stack file", () => {
  it.each([
    ["    scratchstack:lab: lab001", "    scratchstack:lab: lab002"],
    ["    scratchstack:lab:   lab001   # the first", "    scratchstack:lab:   lab002   # the first"],
    ['    scratchstack:lab: "lab001"', "    scratchstack:lab: lab002"],
    ["    'scratchstack:lab': 'lab001'", "    'scratchstack:lab': lab002"],
    ["    lab: lab001", "    lab: lab002"],
    ["    scratchstack:lab:\n      lab001", "    scratchstack:lab:\n      lab002"],
  ])("%j becomes %j, all else stays to the byte", (line, changed) => {
    expect(withLab(file(line), "lab002")).toBe(file(changed));
    expect(withLab(file(line).replaceAll("\n", "\r\n"), "lab002")).toBe(
      file(changed).replaceAll("\n", "\r\n"),
    );
  });

  it("is a mapping in braces too", () => {
    expect(withLab("config: {scratchstack:lab: lab001, a:b: c}\n", "lab002")).toBe(
      "config: {scratchstack:lab: lab002, a:b: c}\n",
    );
  });

  it.each(["lab002", '"lab002"'])("%s needs no change", (value) => {
    const same = file(`    scratchstack:lab: ${value}`);
    expect(withLab(same, "lab002")).toBe(same);
  });

  it.each([
    ["no lab", "config:\n  scratchstack:release: '2025.1'\n"],
    ["an empty one", "config:\n  scratchstack:lab:\n"],
    ["a list", "config:\n  scratchstack:lab: [lab001]\n"],
    ["text of several lines", "config:\n  scratchstack:lab: |-\n    lab001\n  a:b: c\n"],
    ["an alias", "name: &lab lab001\nconfig:\n  scratchstack:lab: *lab\n"],
    ["no mapping", "lab001\n"],
    ["nothing", ""],
  ])("is not put where there is %s", (_, content) => expect(withLab(content, "lab002")).toBeUndefined());
});

describe("another lab in a stack file", () => {
  const folder = (content: string): string => {
    const made = mkdtempSync(join(tmpdir(), "change-lab-"));
    onTestFinished(() => rmSync(made, { recursive: true }));
    writeFileSync(join(made, "Pulumi.mine.yaml"), content);
    return made;
  };

  it("is written once", () => {
    const stacks = folder(file("    scratchstack:lab: lab001"));
    expect(writeLab("mine", stacks, "lab002")).toBe(true);
    expect(readFileSync(join(stacks, "Pulumi.mine.yaml"), "utf8")).toBe(file("    scratchstack:lab: lab002"));
    expect(writeLab("mine", stacks, "lab002")).toBe(false);
  });

  it("is not written where it is not plain", () => {
    const content = "name: &lab lab001\nconfig:\n  scratchstack:lab: *lab\n";
    const stacks = folder(content);
    expect(() => writeLab("mine", stacks, "lab002")).toThrow(
      /Pulumi\.mine\.yaml: found no line such as `scratchstack:lab: lab001`.*write `scratchstack:lab: lab002` there/,
    );
    expect(readFileSync(join(stacks, "Pulumi.mine.yaml"), "utf8")).toBe(content);
  });
});
