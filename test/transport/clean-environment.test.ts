import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { CLEAN_ENVIRONMENT } from "../../src/transport/clean-environment.ts";

/** Runs a command after what a script begins with, under a login with these variables. @param hosts text of the node's /etc/hosts */
function onNode(command: string, env: Readonly<Record<string, string>>, hosts = "") {
  const root = mkdtempSync(join(tmpdir(), "scratchstack-login-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  writeFileSync(join(root, "hosts"), hosts);
  const begin = CLEAN_ENVIRONMENT.replace("/etc/hosts", join(root, "hosts"));
  const { stdout, stderr } = spawnSync("/bin/sh", ["-c", `${begin}\n${command}`], {
    // Without SHLVL bash takes a socket as stdin for a remote login, and reads its start-up files.
    env: { PATH: process.env.PATH, SHLVL: "2", ...env },
    encoding: "utf8",
  });
  return { stdout, stderr };
}

const NOISE = join(tmpdir(), "noise-of-scratchstack-tests.sh");

it.each<[string, Record<string, string>, string, string]>([
  ["a language that is not installed", { LC_ALL: "xx_YY.UTF-8", LANG: "xx_YY" }, "perl -e 'print 1'", "1"],
  ["another language", { LC_ALL: "de_DE.UTF-8", LANGUAGE: "de" }, 'echo "$LC_ALL $LANGUAGE"', "C.UTF-8 \n"],
  ["a start-up file of bash", { BASH_ENV: NOISE }, "bash -c 'echo x'", "x\n"],
  ["options of bash", { SHELLOPTS: "xtrace" }, "bash -c 'echo x'", "x\n"],
  ["a limit of time", { TMOUT: "1" }, "bash -c 'echo x$TMOUT'", "x\n"],
  ["a CDPATH", { CDPATH: "/" }, "cd tmp 2>/dev/null || echo none", "none\n"],
  [
    "another cloud",
    { OS_AUTH_URL: "http://other", OS_CLOUD: "admin" },
    "env | grep ^OS_",
    "OS_CLOUD=admin\n",
  ],
  ["a folder for temporary files that is gone", { TMPDIR: "/nowhere" }, "rm $(mktemp) && echo x", "x\n"],
  ["no proxy", {}, 'echo "[$no_proxy]"', "[]\n"],
])("%s is none of a script's", (_, env, command, expected) => {
  writeFileSync(NOISE, "echo noise\necho noise >&2\n");
  onTestFinished(() => rmSync(NOISE, { force: true }));
  expect(onNode(command, env)).toEqual({ stdout: expected, stderr: "" });
});

it.each(["http_proxy", "HTTPS_PROXY", "all_proxy"])("nodes are reached without %s", (name) => {
  const hosts = `127.0.0.1 localhost
# scratchstack: what follows belongs to the lab
10.0.0.11 control
10.0.0.12 compute
# scratchstack: end
192.0.2.1 theirs
`;
  const env = { [name]: "http://proxy.example.org:3128", no_proxy: "intern.example.org" };
  const expected = "localhost,127.0.0.1,::1,intern.example.org,10.0.0.11,control,10.0.0.12,compute";
  expect(onNode('echo "$no_proxy"; [ "$NO_PROXY" = "$no_proxy" ]', env, hosts).stdout).toBe(`${expected}\n`);
});
