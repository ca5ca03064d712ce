import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { probesOf } from "../../src/actions/probes.ts";
import type { Action } from "../../src/curriculum/actions.ts";
import { folder, run, standIns } from "./shell.ts";

/** Python modules that stand in for the client: it says what it was asked, and each loading of it is noted. */
function client(root: string): string {
  const modules = join(root, "modules");
  for (const name of ["openstack", "openstackclient"]) {
    mkdirSync(join(modules, name), { recursive: true });
    writeFileSync(join(modules, name, "__init__.py"), "");
  }
  writeFileSync(join(modules, "openstack", "connection.py"), "");
  writeFileSync(
    join(modules, "openstackclient", "shell.py"),
    `
import os, sys
with open(${JSON.stringify(join(root, "loaded"))}, "a") as loaded:
    loaded.write("once\\n")

def main(arguments):
    print("asked", *arguments, "as", os.environ.get("OS_CLOUD"), "in", os.getcwd())
    if "crash" in arguments:
        raise ValueError("a bug")
    return 3 if "wrong" in arguments else 0
`,
  );
  return modules;
}

const holds = [
  "export OS_CLOUD=one\ncd /\nopenstack server show web | grep -x 'asked server show web as one in /'",
  '[ "$(openstack image list)" != "" ]\nopenstack image wrong',
  "cat <<'END' | { openstack a 'b  c'; cat; }\nwhat is read\nEND",
  "openstack crash",
];
const subjects = holds.map((text) => {
  const action: Action = { kind: "command", run: "true", holds: text };
  return { action, secrets: [] };
});

describe("commands that ask OpenStack", () => {
  it("have one client loaded for all of them, and notice no difference", () => {
    const root = folder();
    const [look] = probesOf(subjects);
    const answer = run(`export PYTHONPATH=${client(root)}\n${look?.script}`);
    expect(answer).toMatchObject({ code: 0, stderr: "" });
    expect(look?.judge(answer).map((found) => found.map(({ seen }) => seen))).toEqual([
      [],
      [expect.stringMatching(/^asked image wrong as /)],
      [],
      [expect.stringContaining("asked crash")],
    ]);
    expect(answer.stdout).toContain("asked a b  c as");
    expect(answer.stdout).toContain("what is read");
    expect(readFileSync(join(root, "loaded"), "utf8")).toBe("once\n");
  });

  it("ask the client itself where it cannot be loaded so", () => {
    const root = folder();
    const bin = standIns(root, { openstack: 'echo "itself asked $*"; [ "$2" != wrong ]' });
    const [look] = probesOf(subjects.slice(1, 3));
    const answer = run(look?.script ?? "", bin);
    expect(answer.stdout).toContain("itself asked a b  c");
    expect(look?.judge(answer).map((found) => found.map(({ seen }) => seen))).toEqual([
      ["itself asked image wrong"],
      [],
    ]);
  });

  it("have none loaded for one command alone", () => {
    const root = folder();
    const bin = standIns(root, { openstack: "echo itself" });
    const [look] = probesOf(subjects.slice(2, 3));
    expect(run(`export PYTHONPATH=${client(root)}\n${look?.script}`, bin).stdout).toContain("itself");
    expect(existsSync(join(root, "loaded"))).toBe(false);
  });
});
