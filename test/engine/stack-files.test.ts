import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeWhole } from "../../src/config/write-whole.ts";
import { readJson, writeJson } from "../../src/engine/stack-files.ts";

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "stack-files-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

const modeOf = (path: string): number => statSync(path).mode & 0o777;

describe("writeJson", () => {
  it("makes the folder, and a file that its owner alone can read", async () => {
    const inside = join(folder(), "stacks/mine");
    await writeJson(join(inside, "goal.json"), { to: "keystone" });
    expect(await readJson(join(inside, "goal.json"))).toEqual({ to: "keystone" });
    expect([modeOf(inside), modeOf(join(inside, "goal.json"))]).toEqual([0o700, 0o600]);
  });

  it("closes a file that others could read", async () => {
    const file = join(folder(), "goal.json");
    writeFileSync(file, "{}", { mode: 0o644 });
    await writeJson(file, { to: "nova" });
    expect(modeOf(file)).toBe(0o600);
  });

  it("leaves one of two values that are written at once, and no draft", async () => {
    const inside = folder();
    const file = join(inside, "goal.json");
    await Promise.all(["keystone", "nova"].map((to) => writeJson(file, { to })));
    expect([{ to: "keystone" }, { to: "nova" }]).toContainEqual(await readJson(file));
    expect(readdirSync(inside)).toEqual(["goal.json"]);
  });
});

describe("writeWhole", () => {
  it("keeps the permissions, and a link stays a link", async () => {
    const inside = folder();
    const [file, link] = [join(inside, "Pulumi.mine.yaml"), join(inside, "link.yaml")];
    writeFileSync(file, "before\n", { mode: 0o640 });
    symlinkSync(file, link);
    await writeWhole(link, "after\n");
    expect([readFileSync(file, "utf8"), modeOf(file)]).toEqual(["after\n", 0o640]);
    expect(readdirSync(inside).sort()).toEqual(["Pulumi.mine.yaml", "link.yaml"]);
  });
});
