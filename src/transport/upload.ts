import { open, readdir, stat } from "node:fs/promises";
import { basename, join, posix } from "node:path";
import { UserError } from "../config/errors.ts";
import { quote } from "../config/quote.ts";
import type { Result } from "./types.ts";

/** What to copy: a text, or a file or folder of this machine. */
export type Source = { readonly text: string } | { readonly path: string };

/** Runs a command on the host once, as the user who logs in. */
export type Exec = (command: string, stdin?: Uint8Array) => Promise<Result>;

/** Bytes that go with one command. */
const CHUNK = 2 * 2 ** 20;

/**
 * Copies by plain commands. SFTP has no frame: what a login shell prints would be taken for its answers, and sshd may not offer it.
 *
 * Where it goes is as for `@pulumi/command`: a file into a folder that exists, else to the path; a folder into the path (made
 * where it is missing), or its contents where its name ends in `/`; a text always to the path. Parents are made.
 * @param where names the host in messages
 */
export async function copyTo(exec: Exec, where: string, source: Source, remotePath: string): Promise<void> {
  const remote = new Remote(exec, where);
  const kind = await remote.kind(remotePath);
  if ("text" in source) {
    if (kind === "folder")
      throw new UserError(`${where}: ${remotePath} is a folder; a text needs the path of a file`);
    await remote.folder(posix.dirname(remotePath));
    return remote.write(Buffer.from(source.text), remotePath);
  }
  if ((await stat(source.path)).isDirectory()) {
    const target = source.path.endsWith("/") ? remotePath : posix.join(remotePath, basename(source.path));
    return copyFolder(remote, source.path, target);
  }
  if (kind === "folder") return remote.put(source.path, posix.join(remotePath, basename(source.path)));
  await remote.folder(posix.dirname(remotePath));
  return remote.put(source.path, remotePath);
}

async function copyFolder(remote: Remote, from: string, to: string): Promise<void> {
  await remote.folder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), posix.join(to, entry.name)];
    if ((await stat(source)).isDirectory()) await copyFolder(remote, source, target);
    else await remote.put(source, target);
  }
}

/** The files of a host, with errors that name the path. */
class Remote {
  constructor(
    readonly exec: Exec,
    readonly where: string,
  ) {}

  async kind(path: string): Promise<"folder" | "file" | "none"> {
    const at = quote(path);
    const asked = `if [ -d ${at} ]; then echo folder; elif [ -e ${at} ]; then echo file; else echo none; fi`;
    const kind = (await this.#does(`look at ${path}`, asked)).stdout.trim();
    return kind === "folder" || kind === "file" ? kind : "none";
  }

  async folder(path: string): Promise<void> {
    if ((await this.kind(path)) === "file")
      throw new UserError(`${this.where}: ${path} exists and is not a folder`, 1);
    await this.#does(`make folder ${path}`, `mkdir -p ${quote(path)}`);
  }

  /** @param append to what is there, instead of replacing it */
  async write(content: Uint8Array, path: string, append = false): Promise<void> {
    await this.#does(`write ${path}`, `cat ${append ? ">>" : ">"} ${quote(path)}`, content);
  }

  async put(from: string, to: string): Promise<void> {
    const file = await open(from);
    try {
      const chunk = Buffer.alloc(CHUNK);
      let [at, length] = [0, 0];
      do {
        length = (await file.read(chunk, 0, CHUNK, at)).bytesRead;
        if (length > 0 || at === 0) await this.write(chunk.subarray(0, length), to, at > 0);
        at += length;
      } while (length > 0);
      const mode = ((await file.stat()).mode & 0o777).toString(8);
      await this.#does(`write ${to}`, `chmod ${mode} ${quote(to)}`);
    } finally {
      await file.close();
    }
  }

  async #does(what: string, command: string, stdin?: Uint8Array): Promise<Result> {
    const result = await this.exec(command, stdin);
    if (result.code === 0) return result;
    const said = result.stderr.trim().split("\n").pop() || `exit code ${result.code}`;
    throw new UserError(`${this.where}: cannot ${what}: ${said}`, 1);
  }
}
