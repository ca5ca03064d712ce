import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { programText } from "../../src/config/program-text.ts";

const SRC = join(import.meta.dirname, "../../src");
const FILES = readdirSync(SRC, { recursive: true, encoding: "utf8" });
const PROGRAMS = FILES.filter((file) => /\.(py|sh|pl|erl)$/.test(file));
const MODULES = FILES.filter((file) => file.endsWith(".ts")).map((file) =>
  readFileSync(join(SRC, file), "utf8"),
);

describe("programText", () => {
  it("puts each value into its hole, whatever it holds", () => {
    const text = programText("actions/touched.sh", { WRITE_LOGS: "/logs/$& @@WRITERS@@", WRITERS: "a b" });
    expect(text).toContain('cat "/logs/$& @@WRITERS@@$1"');
    expect(text).toContain('by=" a b "');
    expect(text.startsWith("touched() {") && text.endsWith("}")).toBe(true);
  });

  it("refuses a hole without a value, and a value without a hole", () => {
    expect(() => programText("actions/touched.sh", { WRITERS: "a" })).toThrow(
      "src/actions/touched.sh: @@WRITE_LOGS@@ has no value",
    );
    expect(() => programText("hardware/interface.sh", { X: "1" })).toThrow(
      "src/hardware/interface.sh: there is no hole for the value X",
    );
  });

  it("leaves out what is for linters and tests alone", () => {
    expect(programText("actions/network/make.py")).toMatch(/^def make\(neutron, want\):/);
    const objects = programText("actions/network/objects.py", { NEXT: "" });
    expect(objects).toMatch(/\n {8}neutron\.update\(.*\)\n\n\ndef main\(wants\):\n/);
    expect(objects).not.toContain("not sent");
  });

  it.each(PROGRAMS)("%s is sent by some module", (file) => {
    // The guest's own scripts are named by a template.
    const named = file.startsWith("hardware/guest/files/") ? "`hardware/guest/files/" : `"${file}"`;
    expect(MODULES.some((text) => text.includes(`programText(${named}`))).toBe(true);
  });
});
