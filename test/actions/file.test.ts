import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileKind } from "../../src/actions/file/index.ts";
import { STATE } from "../../src/actions/shell.ts";
import type { FileAction } from "../../src/curriculum/actions.ts";
import { folder, type Outcome, run } from "./shell.ts";

const OWNER = execFileSync("sh", ["-c", "echo $(id -un):$(id -gn)"], { encoding: "utf8" }).trim();

/** Runs shell text with what a node remembers in a folder of the test. */
function inside(root: string, text: string): Outcome {
  return run(text.replaceAll(STATE, join(root, "state")));
}

function at(root: string, content: string): FileAction {
  return { kind: "file", path: join(root, "etc", "a file's name"), content, owner: OWNER, mode: "0600" };
}

describe("file on a real folder", () => {
  it("writes what is wanted, once", () => {
    const root = folder();
    const action = at(root, "one\ntwo");
    expect(inside(root, fileKind.script(action)).stdout).toBe(`wrote ${action.path}\n`);
    expect(readFileSync(action.path, "utf8")).toBe("one\ntwo\n");
    expect(statSync(action.path).mode & 0o777).toBe(0o600);
    expect(inside(root, fileKind.script(action)).stdout).toBe(`unchanged ${action.path}\n`);
    expect(readdirSync(join(root, "etc"))).toEqual(["a file's name"]);
    expect(fileKind.compare(action, inside(root, fileKind.probe([action])).stdout)).toEqual([]);
  });

  it.each(["END\nEND_\n", `it's "quoted" $HOME \`date\` $(date)\n`, "\\n 50 % ünïcode 😀\n", "", "\n\n"])(
    "holds %j as it is",
    (content) => {
      const root = folder();
      const action = at(root, content);
      inside(root, fileKind.script(action));
      expect(readFileSync(action.path, "utf8")).toBe(content);
      expect(fileKind.compare(action, inside(root, fileKind.probe([action])).stdout)).toEqual([]);
    },
  );

  it("is as wanted where it was typed by hand", () => {
    const root = folder();
    const action = at(root, `it's "quoted" $HOME\nEND`);
    expect(run(fileKind.commands(action).join("\n"))).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(fileKind.compare(action, inside(root, fileKind.probe([action])).stdout)).toEqual([]);
  });

  it("tells a file that somebody edited, and mends it", () => {
    const root = folder();
    const action = at(root, "wanted\n");
    inside(root, fileKind.script(action));
    writeFileSync(action.path, "edited\n");
    const differences = fileKind.compare(action, inside(root, fileKind.probe([action])).stdout);
    expect(differences).toEqual([
      {
        what: `content of ${action.path}`,
        expected: "as this step writes it",
        seen: "something else",
        diff: "@@ -1,1 +1,1 @@\n-edited\n+wanted",
      },
    ]);
    inside(root, fileKind.script(action));
    expect(readFileSync(action.path, "utf8")).toBe("wanted\n");
  });

  it("brings back what stood there before", () => {
    const root = folder();
    const action = { ...at(root, "ours\n"), path: join(root, "hosts") };
    writeFileSync(action.path, "theirs\n");
    inside(root, fileKind.script(action));
    inside(root, fileKind.script({ ...action, content: "ours, second edition\n" }));
    inside(root, fileKind.undo(action));
    expect(readFileSync(action.path, "utf8")).toBe("theirs\n");
  });

  it("leaves nothing of one that was killed while it wrote, done again or taken back", () => {
    const root = folder();
    const action = at(root, "wanted\n");
    inside(root, fileKind.script(action));
    const half = `${action.path}.scratchstack`;
    writeFileSync(half, "wan");
    inside(root, fileKind.script(action));
    expect(readdirSync(join(root, "etc"))).toEqual(["a file's name"]);
    writeFileSync(half, "wan");
    inside(root, fileKind.undo(action));
    expect(readdirSync(join(root, "etc"))).toEqual([]);
  });

  it("removes what was not there before", () => {
    const root = folder();
    const action = at(root, "ours\n");
    inside(root, fileKind.script(action));
    inside(root, fileKind.undo(action));
    expect(existsSync(action.path)).toBe(false);
  });
});
