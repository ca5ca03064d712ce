import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { SSHD } from "../../src/setup/requirements/sshd.ts";
import type { Connection } from "../../src/transport/types.ts";

/** A real sshd on a free port of loopback, with keys of its own, that nothing of this machine knows. */
export class Sshd {
  readonly folder = mkdtempSync(join(tmpdir(), "scratchstack-sshd-"));
  readonly privateKey = this.#key("login");
  readonly hostKey = readFileSync(this.#keyFile("host"), "utf8");
  readonly otherKey = readFileSync(this.#keyFile("other"), "utf8");
  #port = 0;
  #daemon: ChildProcess | undefined;

  /** @param more lines of its configuration; `FOLDER` in them is its folder */
  constructor(readonly more: readonly string[] = []) {}

  async start(): Promise<void> {
    if (!existsSync(SSHD)) throw new Error(`${SSHD}: not there; run scripts/setup --tests`);
    this.#port = await freePort();
    writeFileSync(join(this.folder, "authorized"), readFileSync(join(this.folder, "login.pub")));
    const options = [
      `Port ${this.#port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${join(this.folder, "host")}`,
      `AuthorizedKeysFile ${join(this.folder, "authorized")}`,
      `PidFile ${join(this.folder, "pid")}`,
      "StrictModes no",
      "UsePAM no",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      ...this.more.map((line) => line.replaceAll("FOLDER", this.folder)),
    ];
    writeFileSync(join(this.folder, "config"), options.join("\n"));
    // Where sshd keeps its children apart; it does not start without.
    if (process.getuid?.() === 0) mkdirSync("/run/sshd", { recursive: true });
    this.#daemon = spawn(SSHD, ["-D", "-e", "-f", join(this.folder, "config")], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const daemon = this.#daemon;
    await new Promise<void>((resolve, reject) => {
      let said = "";
      daemon.stderr?.on("data", (text) => {
        said += text;
        if (said.includes("listening on")) resolve();
      });
      daemon.once("exit", () => reject(new Error(`sshd did not start: ${said}`)));
    });
  }

  /** A connection that is let in, with differences. */
  connection(differences: Partial<Connection> = {}): Connection {
    return {
      host: "127.0.0.1",
      port: this.#port,
      user: userInfo().username,
      privateKey: this.privateKey,
      hostKey: this.hostKey,
      dialErrorLimit: 2,
      ...differences,
    };
  }

  /** Breaks every connection there is, as a cut cable would. */
  breakConnections(): void {
    for (const pid of descendants(this.#daemon?.pid ?? -1, (name) => name.startsWith("sshd")))
      kill(pid, "SIGKILL");
  }

  stop(): void {
    this.breakConnections();
    this.#daemon?.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  }

  #key(name: string): string {
    return readFileSync(
      join(this.folder, this.#keyFile(name).slice(this.folder.length + 1, -".pub".length)),
      "utf8",
    );
  }

  #keyFile(name: string): string {
    const file = join(this.folder, name);
    if (!existsSync(file))
      execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file]);
    return `${file}.pub`;
  }
}

/** Processes by their command line, without this one. */
export function processes(text: string): string[] {
  const list = execFileSync("ps", ["-eww", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  return list.filter((line) => line.includes(text));
}

/** Waits for something that is sure to come. */
export async function until(what: string, holds: () => boolean, seconds = 20): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end; ) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`still not after ${seconds} s: ${what}`);
}

function descendants(of: number, wanted: (args: string) => boolean): number[] {
  const lines = execFileSync("ps", ["-eww", "-o", "pid=,ppid=,args="], { encoding: "utf8" })
    .trim()
    .split("\n");
  const all = lines.map((line) => {
    const [, pid, parent, args] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), args: args ?? "" };
  });
  const below = (parent: number): number[] =>
    all
      .filter((item) => item.parent === parent && wanted(item.args))
      .flatMap(({ pid }) => [pid, ...below(pid)]);
  return below(of);
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
