import { chmodSync, existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { iniKind } from "../../src/actions/ini/index.ts";
import { STATE } from "../../src/actions/shell.ts";
import type { IniAction } from "../../src/curriculum/actions.ts";
import { folder, run as shell } from "./shell.ts";

/** @param state what the node remembers */
const run = (text: string, state = folder()) => shell(text.replaceAll(STATE, state));

const BEFORE = `# A file as a package ships it.
[DEFAULT]
# Print more. (boolean value)
#debug = false
log_dir=/var/log

hosts = a,
  b,
  c

[database]
connection = sqlite:////var/lib/novadb
connection = sqlite:////twice
[oslo]
; a comment
`;

function at(root: string, set: IniAction["set"], before: string | null = BEFORE): IniAction {
  const file = join(root, "service.conf");
  if (before !== null) writeFileSync(file, before, { mode: 0o640 });
  return { kind: "ini", file, set };
}

function content(action: IniAction): string {
  return readFileSync(action.file, "utf8");
}

describe("ini on a real file", () => {
  it("keeps comments and order, and puts an option below its example", () => {
    const action = at(folder(), { DEFAULT: { debug: "true" }, database: { connection: "mysql://x" } });
    const first = run(iniKind.script(action));
    expect(first.stdout).toBe("changed [DEFAULT] debug\nchanged [database] connection\n");
    expect(content(action)).toBe(
      BEFORE.replace("#debug = false\n", "#debug = false\ndebug = true\n").replace(
        "connection = sqlite:////var/lib/novadb\nconnection = sqlite:////twice\n",
        "connection = mysql://x\n",
      ),
    );
  });

  it("changes nothing the second time", () => {
    const action = at(folder(), { DEFAULT: { debug: "true" }, new: { option: "1" } });
    run(iniKind.script(action));
    const inode = statSync(action.file).ino;
    expect(run(iniKind.script(action)).stdout).toBe(`unchanged ${action.file}\n`);
    expect(statSync(action.file).ino).toBe(inode);
    expect(iniKind.compare(action, run(iniKind.probe([action])).stdout)).toEqual([]);
  });

  it("replaces a value of several lines as a whole, and removes an option", () => {
    const action = at(folder(), { DEFAULT: { hosts: "d", log_dir: null, absent: null } });
    expect(run(iniKind.script(action)).stdout).toBe("changed [DEFAULT] hosts\nremoved [DEFAULT] log_dir\n");
    expect(content(action)).toBe(
      BEFORE.replace("hosts = a,\n  b,\n  c\n", "hosts = d\n").replace("log_dir=/var/log\n", ""),
    );
  });

  it("adds a section at the end and options at the end of theirs", () => {
    const action = at(folder(), { oslo: { lock_path: "/run" }, cache: { enabled: "true" } });
    run(iniKind.script(action));
    expect(content(action)).toBe(`${BEFORE}lock_path = /run\n\n[cache]\nenabled = true\n`);
  });

  it("makes a file that is missing, readable by its group at most", () => {
    const action = at(folder(), { DEFAULT: { debug: "true" } }, null);
    run(iniKind.script(action));
    expect(content(action)).toBe("\n[DEFAULT]\ndebug = true\n".trimStart());
    expect(statSync(action.file).mode & 0o777).toBe(0o640);
  });

  it("keeps the mode and follows a link", () => {
    const root = folder();
    const target = at(root, { DEFAULT: { debug: "true" } });
    chmodSync(target.file, 0o604);
    const link = join(root, "link.conf");
    symlinkSync(target.file, link);
    run(iniKind.script({ ...target, file: link }));
    expect(content(target)).toContain("debug = true");
    expect(statSync(target.file).mode & 0o777).toBe(0o604);
  });

  it.each([
    `it's "quoted"`,
    `$HOME $${"{x}"} $$`,
    "50 % %% %(name)s",
    "ünïcode — 漢字 😀",
    "back\\slash \\n",
    "a = b: c # d ; e",
    "[not a section]",
  ])("holds %s as it is", (value) => {
    const action = at(folder(), { DEFAULT: { option: value } });
    run(iniKind.script(action));
    expect(content(action)).toContain(`option = ${value}\n`);
    expect(iniKind.compare(action, run(iniKind.probe([action])).stdout)).toEqual([]);
  });

  it("never prints a password, whatever it is set to", () => {
    const action = at(folder(), {
      keystone_authtoken: { password: "s3cr3t" },
      database: { connection: "mysql+pymysql://nova:s3cr3t@10.0.0.1/nova" },
      DEFAULT: { transport_url: "rabbit://a:s3cr3t@x:5672,b:s3cr3t@y:5672/" },
    });
    const output = run(iniKind.script(action)).stdout;
    writeFileSync(action.file, content(action).replaceAll("s3cr3t", "0ld"));
    const answer = run(iniKind.probe([action])).stdout;
    expect(output + answer).not.toMatch(/s3cr3t|0ld/);
    const differences = iniKind.compare(action, answer);
    expect(differences.map(({ what }) => what)).toEqual([
      "[keystone_authtoken] password",
      "[database] connection",
      "[DEFAULT] transport_url",
    ]);
    expect(JSON.stringify(differences)).not.toMatch(/s3cr3t|0ld/);
  });

  it("takes its options back", () => {
    const action = at(folder(), { DEFAULT: { debug: "true" } });
    run(iniKind.script(action));
    run(iniKind.undo(action));
    expect(content(action)).toBe(BEFORE);
  });

  it("leaves nothing of one that was killed while it wrote, done again or taken back", () => {
    const action = at(folder(), { DEFAULT: { debug: "true" } });
    const half = `${action.file}.scratchstack`;
    writeFileSync(half, "half a very long line that nothing of is left");
    run(iniKind.script(action));
    expect(existsSync(half)).toBe(false);
    expect(content(action)).not.toContain("half");
    writeFileSync(half, "half");
    run(iniKind.undo(action));
    expect(existsSync(half)).toBe(false);
  });

  it("notes who changed the file, strangers too, and only what is a change", () => {
    const [root, state] = [folder(), folder()];
    const own = { ...at(root, { DEFAULT: { debug: "true" } }), writer: "own" };
    const other = { ...at(root, { new: { option: "1" } }, null), writer: "other" };
    const noted = () =>
      readFileSync(`${state}/written${own.file}`, "utf8")
        .trim()
        .split("\n")
        .map((line) => line.split(" ") as [time: string, by: string]);
    const now = () => shell(`stat -c %.9Z ${own.file}`).stdout.trim();
    const shipped = now();
    run(iniKind.script(own), state);
    const first = now();
    run(iniKind.script(own), state);
    expect(noted()).toEqual([
      [shipped, "-"],
      [first, "own"],
    ]);
    run(iniKind.script(other), state);
    const second = now();
    chmodSync(own.file, 0o600);
    const touched = now();
    run(iniKind.undo(own), state);
    expect(noted().slice(1)).toEqual([
      [first, "own"],
      [second, "other"],
      [touched, "-"],
      [now(), "own"],
    ]);
  });

  it("leaves nothing behind where it may not write", () => {
    const action: IniAction = { kind: "ini", file: "/proc/nowhere/x.conf", set: { a: { b: "c" } } };
    expect(run(iniKind.script(action)).code).not.toBe(0);
    expect(existsSync("/proc/nowhere")).toBe(false);
  });

  it("refuses a line break, which would be another option", () => {
    const action = at(folder(), { DEFAULT: { debug: "true\nadmin_token = x" } });
    expect(() => iniKind.script(action)).toThrow("[DEFAULT] debug: an ini option cannot hold a line break");
  });
});
