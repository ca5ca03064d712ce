import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { answersOf } from "../../src/actions/answers.ts";
import { commandKind } from "../../src/actions/command/index.ts";
import type { CommandAction } from "../../src/curriculum/actions.ts";
import { folder, run } from "./shell.ts";

function at(root: string, run = `touch ${join(root, "done")}`): CommandAction {
  return { kind: "command", run, holds: `ls ${root}\n[ -e ${join(root, "done")} ]` };
}

function differences(action: CommandAction) {
  const [answer = ""] = answersOf(run(commandKind.probe([action])).stdout, 1);
  return commandKind.compare(action, answer);
}

describe("command in a real shell", () => {
  it("runs where it does not hold yet, and not again", () => {
    const action = at(folder());
    expect(differences(action)).not.toEqual([]);
    expect(run(commandKind.script(action))).toMatchObject({ code: 0, stdout: "done\n" });
    expect(run(commandKind.script(action)).stdout).toBe("nothing to do\n");
    expect(differences(action)).toEqual([]);
  });

  it("runs although it seems to hold, where that cannot be told", () => {
    const root = folder();
    const action: CommandAction = { ...at(root, `echo again >> ${join(root, "done")}`), always: true };
    run(commandKind.script(action));
    run(commandKind.script(action));
    expect(readFileSync(join(root, "done"), "utf8")).toBe("again\nagain\n");
  });

  it("stops at the first failure of several lines", () => {
    const root = folder();
    const action = at(root, `false\ntouch ${join(root, "done")}`);
    expect(run(commandKind.script(action)).code).toBe(1);
    expect(existsSync(join(root, "done"))).toBe(false);
  });

  it("judges several lines by each of them", () => {
    const root = folder();
    writeFileSync(join(root, "done"), "");
    const action: CommandAction = { ...at(root), holds: "false\necho fine" };
    expect(differences(action)).toHaveLength(1);
  });

  it("fails where the command went through and nothing came of it", () => {
    const outcome = run(commandKind.script(at(folder(), "true")));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("does not hold");
  });

  describe("with something to wait for", () => {
    const waiting = (ready: string, lost?: string): CommandAction => ({
      ...at(folder()),
      waits: [{ what: "the server is up", ready, seconds: 1, ...(lost === undefined ? {} : { lost }) }],
    });

    it("goes on once it is there, and shows it", () => {
      const root = folder();
      const ready = `[ -e ${root}/once ] || { : > ${root}/once; exit 1; }\necho it is up`;
      expect(run(commandKind.script(waiting(ready)))).toMatchObject({ code: 0, stdout: "it is up\ndone\n" });
    });

    it("gives up at once when it can no longer come, with the reason in the last line", () => {
      const outcome = run(
        commandKind.script({
          ...waiting("echo state BUILD; false", "echo in ERROR: No valid host"),
          waits: [
            {
              what: "the server is up",
              ready: "echo BUILD; false",
              lost: "echo in ERROR: No valid host",
              seconds: 600,
            },
          ],
        }),
      );
      expect(outcome.code).toBe(1);
      expect(outcome.stderr.trim().split("\n").at(-1)).toBe(
        "after 0 s not so: the server is up. in ERROR: No valid host",
      );
    });

    it("has a limit, and then counts what a moment ago was no reason to give up", () => {
      const silent = '[ "$1" -lt 60 ] || echo nova-compute is silent';
      const { code, stderr } = run(commandKind.script(waiting("echo BUILD; false", silent)));
      expect({ code, last: stderr.trim().split("\n").at(-1) }).toEqual({
        code: 1,
        last: expect.stringMatching(/^after [1-9] s not so: the server is up\. nova-compute is silent$/),
      });
    });

    it("says what was found last where nobody knows a reason, without passwords", () => {
      const { stderr } = run(commandKind.script(waiting("echo 'rabbit://a:b@c is away'; false")));
      expect(stderr).toMatch(/not so: the server is up\. Found: rabbit:\/\/\*\*\*@c is away\n$/);
    });

    it("is typed by a person as a loop", () => {
      expect(commandKind.commands(waiting("test -e up"))).toContain("until test -e up; do sleep 1; done");
      expect(commandKind.commands({ ...waiting("test -e up"), run: "" })).toEqual([
        "until test -e up; do sleep 1; done",
      ]);
    });
  });

  it("hands on the exit code of the command", () => {
    expect(run(commandKind.script(at(folder(), "exit 7"))).code).toBe(7);
  });
});
