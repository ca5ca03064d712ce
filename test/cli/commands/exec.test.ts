import { describe, expect, it } from "vitest";
import type { Command } from "../../../src/transport/types.ts";
import { lab, observed, type Parts } from "../fake.ts";

const observe = async () => observed();

async function run(argv: string[], stdin?: string) {
  const commands: { host: string; command: string; stdin?: Command["stdin"] | undefined }[] = [];
  const exec: Parts["exec"] = async ({ host }, { command, stdin: input, onStdout, onStderr }) => {
    commands.push({ host, command, stdin: input });
    onStdout?.("out\n");
    onStderr?.("err\n");
    return { code: 7, stdout: "out\n", stderr: "err\n" };
  };
  const setting = { lab: { observe, exec }, ...(stdin === undefined ? {} : { stdin }) };
  return { ...(await lab(argv, setting)), command: commands[0] };
}

describe("exec", () => {
  it.each([
    ["words as they are", ["control", "--", "openstack", "service", "list"], "openstack service list"],
    ["also without --", ["control", "ls", "-l", "--all"], "ls -l --all"],
    [
      "words that a shell would take apart",
      ["control", "--", "echo", "a b", "$HOME", "it's"],
      "echo 'a b' '$HOME' 'it'\\''s'",
    ],
    ["a single argument as shell text", ["control", "--", "ls /etc | wc -l"], "ls /etc | wc -l"],
    ["an option like one of ours", ["control", "--", "x", "--json", "--stack", "y"], "x --json --stack y"],
    ["an empty word", ["control", "--", "printf", ""], "printf ''"],
  ])("passes on %s", async (_, argv, command) => {
    expect((await run(["exec", ...argv])).command).toEqual({ host: "10.64.0.11", command, stdin: undefined });
  });

  it("passes output and exit code through", async () => {
    const { code, stdout, stderr } = await run(["exec", "compute", "--", "false"]);
    expect({ code, stdout, stderr }).toEqual({ code: 7, stdout: "out\n", stderr: "err\n" });
  });

  it("passes stdin through", async () => {
    expect((await run(["exec", "control", "--", "cat"], "text")).command?.stdin).toBe("text");
  });

  it.each([
    ["before", ["exec", "--stack", "lab001-local", "control", "--", "true"]],
    ["behind", ["exec", "control", "--stack", "lab001-local", "--", "true"]],
  ])("takes the stack %s the node", async (_where, argv) => {
    expect((await run(argv)).command?.command).toBe("true");
  });
});

describe("ssh", () => {
  it("opens a shell and ends with its exit code", async () => {
    const hosts: string[] = [];
    const shell: Parts["shell"] = async ({ host }) => {
      hosts.push(host);
      return 3;
    };
    const { code } = await lab(["ssh", "compute"], { answer: "", lab: { observe, shell } });
    expect({ code, hosts }).toEqual({ code: 3, hosts: ["10.64.0.12"] });
  });

  it("refuses without a terminal and says what to do instead", async () => {
    const { code, stderr } = await lab(["ssh", "compute"], { lab: { observe } });
    expect(stderr).toBe("ssh needs a terminal. For one command: scripts/lab exec compute -- <command>\n");
    expect(code).toBe(2);
  });

  it("says that there are no nodes yet", async () => {
    const nothing = async () => observed({ exists: false, nodes: [] });
    const { code, stderr } = await lab(["ssh", "control"], { lab: { observe: nothing } });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "lab001-local has no nodes yet: scripts/lab up --stack lab001-local makes them.\n",
    });
  });
});
