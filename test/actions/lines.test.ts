import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileKind } from "../../src/actions/file/index.ts";
import { linesKind } from "../../src/actions/lines/index.ts";
import { STATE } from "../../src/actions/shell.ts";
import type { LinesAction } from "../../src/curriculum/actions.ts";
import { folder, run } from "./shell.ts";

const HOSTS = "127.0.0.1 localhost\n127.0.1.1 rack1.example.org rack1\n";
const BEGIN = "# scratchstack: what follows belongs to the lab\n";
const END = "# scratchstack: end\n";

/** A file in a folder of the test, and what a step of the lab does with it. */
function place(before?: string, action: Partial<LinesAction> = {}) {
  const root = folder();
  const path = join(root, "etc", "hosts");
  mkdirSync(dirname(path));
  if (before !== undefined) writeFileSync(path, before, { mode: 0o664 });
  const own: LinesAction = { kind: "lines", path, content: "10.0.0.11 control\n10.0.0.12 rack1", ...action };
  const shell = (text: string) => {
    const outcome = run(text.replaceAll(STATE, join(root, "state")));
    expect(outcome.stderr).toBe("");
    return outcome.stdout;
  };
  const text = () => readFileSync(path, "utf8");
  const differences = (of = own) => linesKind.compare(of, shell(linesKind.probe([of])));
  return { path, own, shell, text, differences };
}

describe("lines in a real file", () => {
  it("are added once, and the rest stays", () => {
    const { own, shell, text, differences, path } = place(HOSTS);
    expect(differences()).toHaveLength(1);
    expect(shell(linesKind.script(own))).toBe(`wrote the lab's lines into ${path}\n`);
    expect(text()).toBe(`${BEGIN}10.0.0.11 control\n10.0.0.12 rack1\n${END}${HOSTS}`);
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(differences()).toEqual([]);
    expect(shell(linesKind.script(own))).toBe(`unchanged ${path}\n`);
  });

  const BEFORE = [
    HOSTS,
    "",
    "no newline at the end",
    "carriage\r\nreturns\r\n",
    "\n\n# comments\n\n",
    "ünïcode \x0b\x0c and a form feed\n",
  ];
  it.each(BEFORE)("are taken away, and what stood there before is as it was: %j", (before) => {
    const { own, shell, text } = place(before);
    shell(linesKind.script(own));
    shell(linesKind.script({ ...own, content: "10.0.0.13 network" }));
    expect(text()).toContain("10.0.0.13 network");
    expect(text()).not.toContain("10.0.0.12");
    shell(linesKind.undo(own));
    expect(text()).toBe(before);
    shell(linesKind.undo(own));
    expect(text()).toBe(before);
  });

  it("leave what others wrote meanwhile", () => {
    const { own, shell, text, path, differences } = place(HOSTS);
    shell(linesKind.script(own));
    writeFileSync(path, `192.0.2.1 before\n${text()}192.0.2.2 behind\n`);
    expect(differences()).toEqual([]);
    shell(linesKind.script({ ...own, content: "10.0.0.11 control" }));
    shell(linesKind.undo(own));
    expect(text()).toBe(`192.0.2.1 before\n${HOSTS}192.0.2.2 behind\n`);
  });

  it("leave what others have behind a block that lost its end", () => {
    const { own, shell, text, path } = place(HOSTS);
    shell(linesKind.script(own));
    writeFileSync(path, text().replace(END, ""));
    shell(linesKind.undo(own));
    expect(text()).toBe(HOSTS);
  });

  it("set lines of others aside that say otherwise, and bring them back", () => {
    const { own, shell, text, differences } = place(HOSTS, { instead: "^[^#]*\\s(control|rack1)(\\s|$)" });
    expect(differences().map(({ seen }) => seen)).toEqual(["none", "127.0.1.1 rack1.example.org rack1"]);
    shell(linesKind.script(own));
    expect(text()).toContain("\n# scratchstack set aside: 127.0.1.1 rack1.example.org rack1\n");
    expect(differences()).toEqual([]);
    shell(linesKind.undo(own));
    expect(text()).toBe(HOSTS);
  });

  it("are a file of their own where there was none, which goes with them unless others wrote into it", () => {
    const alone = place();
    alone.shell(linesKind.script(alone.own));
    expect(alone.differences()).toEqual([]);
    alone.shell(linesKind.undo(alone.own));
    expect(existsSync(alone.path)).toBe(false);
    const { own, shell, text, path } = place();
    shell(linesKind.script(own));
    writeFileSync(path, `${text()}theirs\n`);
    shell(linesKind.undo(own));
    expect(text()).toBe("theirs\n");
  });

  it("follow a link", () => {
    const { own, shell, text, path } = place();
    writeFileSync(`${path}.real`, HOSTS);
    symlinkSync(`${path}.real`, path);
    shell(linesKind.script(own));
    expect(readFileSync(`${path}.real`, "utf8")).toContain("10.0.0.11 control");
    shell(linesKind.undo(own));
    expect(text()).toBe(HOSTS);
  });

  it("are there where they were typed by hand", () => {
    const { own, shell, differences } = place(HOSTS, { instead: "^[^#]*\\s(control|rack1)(\\s|$)" });
    shell(linesKind.commands(own).join("\n"));
    expect(differences()).toEqual([]);
  });

  it.each([HOSTS, undefined])("come into a file that an earlier release replaced whole: %j", (before) => {
    const { own, shell, path, differences } = place(before);
    const owner = shell("echo $(id -un):$(id -gn)").trim();
    shell(fileKind.script({ kind: "file", path, content: "all replaced", owner }));
    shell(linesKind.script(own));
    expect(differences()).toEqual([]);
    shell(linesKind.undo(own));
    expect(existsSync(path) ? readFileSync(path, "utf8") : undefined).toBe(before);
  });
});
