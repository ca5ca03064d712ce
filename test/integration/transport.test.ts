import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../../src/config/paths.ts";
import { runLocal } from "../../src/transport/local.ts";
import { SshPool } from "../../src/transport/ssh.ts";
import type { Command, Result } from "../../src/transport/types.ts";
import { processes, Sshd, until } from "./sshd.ts";

const SECRET = "s3cr3t-8d21f7";

/** What must be the same wherever a command runs. */
function contract(exec: (command: Command) => Promise<Result>): void {
  it.each<[string, Command, Result]>([
    [
      "output and exit code",
      { command: "echo out; echo err >&2; exit 7" },
      { stdout: "out\n", stderr: "err\n", code: 7 },
    ],
    [
      "stdin to its end, NUL and all",
      { command: "cat; echo done", stdin: "a\0b\n" },
      { stdout: "a\0b\ndone\n", stderr: "", code: 0 },
    ],
    [
      "end of file where there is no stdin",
      { command: "read x || echo eof" },
      { stdout: "eof\n", stderr: "", code: 0 },
    ],
    [
      "stdin that nobody reads",
      { command: "echo x", stdin: "y".repeat(300_000) },
      { stdout: "x\n", stderr: "", code: 0 },
    ],
    [
      "the environment as it is",
      { command: 'printf %s "$A"', environment: { A: "it's\n$HOME `id`" } },
      { stdout: "it's\n$HOME `id`", stderr: "", code: 0 },
    ],
    [
      "no arguments, and no hold on what ends it",
      { command: "echo $#; { true <&3; } 2>/dev/null || echo closed" },
      { stdout: "0\nclosed\n", stderr: "", code: 0 },
    ],
    ["128 + n for a signal", { command: "kill -TERM $$" }, { stdout: "", stderr: "", code: 143 }],
    [
      "128 + n for a signal to a child",
      { command: "sh -c 'kill -INT $$'; exit $?" },
      { stdout: "", stderr: "", code: 130 },
    ],
    [
      "a syntax error",
      { command: "if then" },
      { stdout: "", stderr: expect.stringContaining("Syntax error"), code: 2 },
    ],
  ])("%s", async (_name, command, result) => {
    expect(await exec(command)).toEqual(result);
  });

  it("takes a script and gives an output of a megabyte and more", async () => {
    const script = `: ${"x".repeat(1_000_000)}\nhead -c 10000000 /dev/zero | tr '\\0' 'y'; echo end >&2`;
    const { stdout, stderr, code } = await exec({ command: script });
    expect([stdout.length, /^y+$/.test(stdout), stderr, code]).toEqual([10_000_000, true, "end\n", 0]);
  });

  it("streams while it runs", async () => {
    const cancel = new AbortController();
    const heard = new Promise<string>((resolve) => {
      exec({ command: "echo ready; sleep 86001", onStdout: resolve, signal: cancel.signal }).catch(() => {});
    });
    expect(await heard).toBe("ready\n");
    cancel.abort();
    await until("ended", () => processes("sleep 86001").length === 0);
  });

  it("shows no secret to the process list", async () => {
    const cancel = new AbortController();
    const command = { command: `: ${SECRET}; sleep 86002; :`, environment: { P: SECRET }, stdin: SECRET };
    const running = exec({ ...command, signal: cancel.signal }).catch((error: Error) => error.name);
    await until("it runs", () => processes("sleep 86002").length === 1);
    expect(processes(SECRET)).toEqual([]);
    cancel.abort();
    expect(await running).toBe("AbortError");
  });

  it("ends all that a command started when it is aborted, and only then says so", async () => {
    const cancel = new AbortController();
    const stubborn =
      "(trap '' TERM; sleep 86003; sleep 86003) & setsid sleep 86003 & timeout 86004 sleep 86003";
    const running = exec({ command: stubborn, signal: cancel.signal });
    await until("it runs", () => processes("sleep 86003").length === 4);
    cancel.abort(new Error("enough"));
    await expect(running).rejects.toThrow("enough");
    expect(processes("sleep 86003")).toEqual([]);
  });

  it("leaves a daemon alone, and does not wait for it", async () => {
    expect(await exec({ command: "sleep 86005 & echo $!" })).toMatchObject({ code: 0 });
    const [daemon = ""] = processes("sleep 86005");
    expect(daemon).not.toBe("");
    process.kill(Number.parseInt(daemon, 10));
  });
}

describe("local", () => {
  contract(runLocal);

  it("honours interpreter and folder", async () => {
    const command = { command: "import os; print(os.getcwd())", interpreter: ["perl", "-e"], dir: "/" };
    const perl = await runLocal({ ...command, command: "use Cwd; print getcwd, <STDIN>", stdin: "!" });
    expect(perl).toEqual({ stdout: "/!", stderr: "", code: 0 });
    await expect(runLocal({ command: "true", dir: "/nowhere" })).rejects.toThrow(
      "/nowhere: there is no such folder",
    );
    await expect(runLocal({ command: "", interpreter: ["/no/shell"] })).rejects.toThrow(
      "cannot run /no/shell",
    );
  });
});

/** What stands in for a login shell: sshd runs it in place of the command. */
const LOGIN_SHELLS = {
  "one that prints on both streams, without an end of line":
    'printf hello; printf hello >&2; exec sh -c "$SSH_ORIGINAL_COMMAND"',
  "one that prints its commands, all on one stream": 'exec 2>&1; set -xv; eval "$SSH_ORIGINAL_COMMAND"',
  "one that says much": "head -c 300000 /dev/zero | tr '\\0' x; exec sh -c \"$SSH_ORIGINAL_COMMAND\"",
  "one with a PATH without sbin, and a umask for itself alone":
    'umask 077; PATH=/usr/bin:/bin exec sh -c "$SSH_ORIGINAL_COMMAND"',
  fish: 'exec fish -c "$SSH_ORIGINAL_COMMAND"',
  csh: 'exec csh -c "$SSH_ORIGINAL_COMMAND"',
  zsh: 'exec zsh -c "$SSH_ORIGINAL_COMMAND"',
};

describe("logins", () => {
  const servers: Sshd[] = [];
  const pool = new SshPool();
  const sshdWith = async (...more: string[]): Promise<Sshd> => {
    const sshd = new Sshd(more);
    servers.push(sshd);
    await sshd.start();
    return sshd;
  };
  afterAll(() => {
    pool.close();
    for (const sshd of servers) sshd.stop();
  });

  it.each(Object.entries(LOGIN_SHELLS))(
    "an answer is the command's alone, whatever the login shell: %s",
    async (_name, shell) => {
      const sshd = await sshdWith(`ForceCommand ${shell}`);
      const heard: string[] = [];
      const command = 'command -v ldconfig; umask; cat; echo "it\'s $A"; echo err >&2; exit 3';
      const answer = await pool.exec(sshd.connection(), {
        command,
        environment: { A: "$B !" },
        stdin: "in\n",
        onStdout: (text) => heard.push(text),
      });
      const [out, err] = ["/usr/sbin/ldconfig\n0022\nin\nit's $B !\n", "err\n"];
      const streams = shell.includes("2>&1")
        ? { stdout: out + err, stderr: "" }
        : { stdout: out, stderr: err };
      expect(answer).toEqual({ ...streams, code: 3 });
      expect(heard.join("")).toBe(answer.stdout);
    },
  );

  it("copies are the same to the byte, also where the login shell prints something and sshd offers no SFTP", async () => {
    const sshd = await sshdWith('ForceCommand echo hello; exec sh -c "$SSH_ORIGINAL_COMMAND"');
    const [from, to] = [join(sshd.folder, "big"), join(sshd.folder, "copies")];
    const content = randomBytes(5_000_001);
    writeFileSync(from, content, { mode: 0o700 });
    mkdirSync(to);
    await pool.upload(sshd.connection(), { path: from }, to);
    expect(readFileSync(join(to, "big")).equals(content)).toBe(true);
    const full = pool.upload(sshd.connection(), { text: "x" }, "/dev/full");
    await expect(full).rejects.toThrow(/cannot write \/dev\/full: .*No space left/);
  });

  it("a banner is not part of an answer", async () => {
    const sshd = await sshdWith("Banner FOLDER/host.pub");
    expect(await pool.exec(sshd.connection(), { command: "echo x" })).toEqual({
      stdout: "x\n",
      stderr: "",
      code: 0,
    });
  });

  it.each([
    ["nologin", "/usr/sbin/nologin", "currently not available", "usermod --shell /bin/bash"],
    ["one that only fails", "exit 1", "says: nothing", "start-up files"],
    ["rbash", 'exec bash --restricted -c "$SSH_ORIGINAL_COMMAND"', "restricted", "usermod --shell"],
    [
      "root's of a cloud image",
      "echo 'Please login as the user \"debian\"'; exit 142",
      "Please",
      "set user: debian",
    ],
  ])("a login shell that runs nothing is no answer: %s", async (_name, shell, found, mend) => {
    const sshd = await sshdWith(`ForceCommand ${shell}`);
    const refused = pool.exec(sshd.connection(), { command: "echo x", idempotent: true });
    await expect(refused).rejects.toThrow(
      new RegExp(`did not start: found .*${found}.* To fix it: .*${mend}`, "s"),
    );
  });

  it("a start-up file that reads does not read the command", async () => {
    const sshd = await sshdWith(
      'ForceCommand read -t 1 x; echo "got $x"; exec sh -c "$SSH_ORIGINAL_COMMAND"',
    );
    const answer = await pool.exec(sshd.connection(), { command: "cat", stdin: "in" });
    expect(answer).toMatchObject({ stdout: "in", code: 0 });
  });

  it("a connection that allows one session at a time is enough for many commands", async () => {
    const sshd = await sshdWith("MaxSessions 1");
    const commands = Array.from({ length: 12 }, (_, index) => index);
    const running = commands.map((index) =>
      pool.exec(sshd.connection(), { command: `${index === 0 ? "sleep 4" : ":"}; echo ${index}` }),
    );
    expect((await Promise.all(running)).map(({ stdout }) => stdout)).toEqual(
      commands.map((one) => `${one}\n`),
    );
  });

  it("an sshd that allows no session is told, with what mends it", async () => {
    const sshd = await sshdWith("MaxSessions 0");
    await expect(pool.exec(sshd.connection(), { command: "true" })).rejects.toThrow(
      /found that its sshd allows no session.*To fix it: set MaxSessions 10/,
    );
  });
});

describe("ssh", () => {
  const sshd = new Sshd();
  const pool = new SshPool();
  beforeAll(() => sshd.start());
  afterAll(() => {
    pool.close();
    sshd.stop();
  });
  const exec = (command: Command) => pool.exec(sshd.connection(), command);

  contract(exec);

  it("100 commands, 16 at once, over one connection", async () => {
    const own = new SshPool();
    const waiting = Array.from({ length: 100 }, (_, index) => index);
    const seen = new Set<string>();
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const { stdout } = await own.exec(sshd.connection(), { command: `echo ${next} $SSH_CONNECTION` });
        const [number, , port] = stdout.split(" ");
        expect(number).toBe(String(next));
        seen.add(port ?? "");
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    own.close();
    expect(seen.size).toBe(1);
  });

  it.each([
    ["another host key", () => sshd.connection({ hostKey: sshd.otherKey }), "did not show the expected key"],
    [
      "a host key of a type that it has not",
      () => sshd.connection({ hostKey: `ssh-rsa ${"A".repeat(64)}` }),
      "did not show the expected key",
    ],
    ["no host key", () => ({ host: "127.0.0.1" }), "hostKey is missing"],
    ["a login that is refused", () => sshd.connection({ user: "nobody-of-that-name" }), "login refused"],
    [
      "nobody there",
      () => sshd.connection({ port: 1, dialErrorLimit: 1 }),
      "cannot connect: connect ECONNREFUSED",
    ],
  ])("refuses %s", async (_name, connection, message) => {
    // For ever, were it repeated.
    const limit = { dialErrorLimit: message.includes("ECONNREFUSED") ? 1 : -1 };
    await expect(pool.exec({ ...connection(), ...limit }, { command: "true" })).rejects.toThrow(message);
  });

  it("goes by way of a jump host", async () => {
    const { proxy: _none, ...proxy } = sshd.connection();
    const own = new SshPool();
    const { stdout } = await own.exec(sshd.connection({ proxy }), { command: "echo there" });
    expect(stdout).toBe("there\n");
    await expect(
      own.exec(sshd.connection({ proxy: { ...proxy, hostKey: sshd.otherKey } }), { command: "true" }),
    ).rejects.toThrow("did not show the expected key");
    own.close();
  });

  it("sees that a host behind a jump host is gone", async () => {
    const jump = new Sshd();
    await jump.start();
    const own = new SshPool();
    try {
      const { proxy: _none, ...proxy } = jump.connection();
      const behind = sshd.connection({ proxy });
      const running = own.exec(behind, { command: "timeout 86021 sleep 86020; :" });
      const broken = expect(running).rejects.toThrow("the connection broke");
      await until("it runs", () => processes("sleep 86020").length === 2);
      sshd.breakConnections();
      await broken;
      expect((await own.exec(behind, { command: "echo again" })).stdout).toBe("again\n");
    } finally {
      own.close();
      jump.stop();
    }
  });

  it("ends what runs on the host when the client is killed", async () => {
    const client = spawn(
      process.execPath,
      ["--import", "tsx", join(ROOT, "test/integration/transport-client.ts")],
      {
        cwd: ROOT,
        stdio: ["pipe", "inherit", "inherit"],
      },
    );
    client.stdin.end(
      JSON.stringify({ connection: sshd.connection(), command: "timeout 86011 sleep 86010; :" }),
    );
    await until("it runs", () => processes("sleep 86010").length === 2);
    client.kill("SIGKILL");
    await until("it is ended", () => processes("sleep 86010").length === 0);
  });

  it("dials again, unasked, where the connection broke before anything was sent", async () => {
    await exec({ command: "true" });
    sshd.breakConnections();
    expect(await exec({ command: "echo again" })).toMatchObject({ stdout: "again\n", code: 0 });
  });

  it("reports a connection that breaks under a command, and repeats what may be repeated", async () => {
    const marks = join(sshd.folder, "marks");
    const command = `echo run >>${marks}; [ -e ${sshd.folder}/go ] || sleep 86012`;
    const plain = exec({ command });
    await until("it runs", () => processes("sleep 86012").length === 1);
    sshd.breakConnections();
    await expect(plain).rejects.toThrow("the connection broke while a command ran");
    await until("it is ended", () => processes("sleep 86012").length === 0);

    const repeated = exec({ command, idempotent: true });
    await until("it runs", () => processes("sleep 86012").length === 1);
    writeFileSync(join(sshd.folder, "go"), "");
    sshd.breakConnections();
    expect((await repeated).code).toBe(0);
    expect(readFileSync(marks, "utf8")).toBe("run\n".repeat(3));
  });

  /** A terminal, or the streams of a process without one, and what appeared on it. */
  function terminal(isTTY: boolean) {
    const raw: boolean[] = [];
    const shown: string[] = [];
    const screen = () =>
      new Writable({ write: (text, _encoding, done) => done(void shown.push(String(text))) });
    const stdin = Object.assign(
      new PassThrough(),
      isTTY ? { isTTY, setRawMode: (on: boolean) => raw.push(on) } : {},
    );
    const stdout = Object.assign(screen(), { rows: 33, columns: 77 });
    return { raw, stdin, stdout, stderr: screen(), text: () => shown.join("") };
  }

  it("gives a shell a terminal of the same size, raw while it lasts", async () => {
    const own = terminal(true);
    const shell = pool.shell(sshd.connection(), own);
    own.stdin.write("stty size\n");
    await until("size", () => own.text().includes("33 77"));
    Object.assign(own.stdout, { rows: 44, columns: 88 }).emit("resize");
    own.stdin.write("stty size\n");
    await until("new size", () => own.text().includes("44 88"));
    expect(own.raw).toEqual([true]);
    own.stdin.write("exit 5\n");
    expect(await shell).toBe(5);
    expect(own.raw).toEqual([true, false]);
  });

  it("gives a shell the commands of a stdin that is no terminal", async () => {
    const own = terminal(false);
    own.stdin.end("tty; echo to stderr >&2; exit 6\n");
    expect(await pool.shell(sshd.connection(), own)).toBe(6);
    expect(own.text()).toContain("not a tty");
    expect(own.text()).toContain("to stderr");
  });

  it("uploads texts, files and folders", async () => {
    const [from, to] = [join(sshd.folder, "from"), join(sshd.folder, "to")];
    mkdirSync(join(from, "sub"), { recursive: true });
    writeFileSync(join(from, "a"), "A", { mode: 0o755 });
    writeFileSync(join(from, "sub/b"), "");
    const connection = sshd.connection();
    await pool.upload(connection, { text: "T€" }, `${to}/deep/text`);
    await pool.upload(connection, { path: join(from, "a") }, `${to}/file`);
    await pool.upload(connection, { path: join(from, "a") }, `${to}/deep`);
    await pool.upload(connection, { path: from }, to);
    await pool.upload(connection, { path: `${from}/` }, `${to}/contents`);
    const found = execFileSync("find", [to, "-type", "f", "-printf", "%P %m %s\n"], { encoding: "utf8" });
    expect(found.trim().split("\n").sort()).toEqual([
      "contents/a 755 1",
      "contents/sub/b 644 0",
      "deep/a 755 1",
      "deep/text 644 4",
      "file 755 1",
      "from/a 755 1",
      "from/sub/b 644 0",
    ]);
    await expect(pool.upload(connection, { text: "x" }, to)).rejects.toThrow("is a folder");
    await expect(pool.upload(connection, { text: "x" }, `${to}/file/x`)).rejects.toThrow(
      "exists and is not a folder",
    );
  });
});
