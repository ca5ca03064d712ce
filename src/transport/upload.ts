import { readdir, stat } from "node:fs/promises";
import { basename, join, posix } from "node:path";
import type { Client, SFTPWrapper } from "ssh2";
import { UserError } from "../config/errors.ts";
import { openChannel } from "./channel.ts";
import { BrokenConnection } from "./errors.ts";

/** What to copy: a text, or a file or folder of this machine. */
export type Source = { readonly text: string } | { readonly path: string };

/**
 * Copies as `@pulumi/command` does: a file into an existing folder, else to the path; a folder into the path, or its contents where its
 * name ends in `/`; a text always to the path. Missing parents are made.
 */
export async function copyTo(
  client: Client,
  where: string,
  source: Source,
  remotePath: string,
): Promise<void> {
  const sftp = await openChannel<SFTPWrapper>(where, undefined, (done) => client.sftp(done));
  try {
    // When the connection is lost, answers that are pending never come.
    const lost = new Promise<never>((_resolve, reject) => {
      sftp.once("close", () =>
        reject(new BrokenConnection(`${where}: the connection broke during a copy. Run it again`, true)),
      );
    });
    lost.catch(() => {});
    await Promise.race([lost, copy(new Remote(sftp, where), source, remotePath)]);
  } finally {
    sftp.end();
  }
}

async function copy(remote: Remote, source: Source, path: string): Promise<void> {
  const kind = await remote.kind(path);
  if ("text" in source) {
    if (kind === "folder")
      throw new UserError(`${remote.where}: ${path} is a folder; a text needs the path of a file`);
    await remote.folder(posix.dirname(path));
    return remote.write(source.text, path);
  }
  if ((await stat(source.path)).isDirectory()) {
    const target = source.path.endsWith("/") ? path : posix.join(path, basename(source.path));
    return copyFolder(remote, source.path, target);
  }
  if (kind === "folder") return remote.put(source.path, posix.join(path, basename(source.path)));
  await remote.folder(posix.dirname(path));
  return remote.put(source.path, path);
}

async function copyFolder(remote: Remote, from: string, to: string): Promise<void> {
  await remote.folder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), posix.join(to, entry.name)];
    if ((await stat(source)).isDirectory()) await copyFolder(remote, source, target);
    else await remote.put(source, target);
  }
}

type Done = (error?: Error | null) => void;

/** The operations of SFTP that are needed, with errors that name the path. */
class Remote {
  constructor(
    readonly sftp: SFTPWrapper,
    readonly where: string,
  ) {}

  kind(path: string): Promise<"folder" | "file" | "none"> {
    return new Promise((resolve) => {
      this.sftp.stat(path, (error, stats) =>
        resolve(error ? "none" : stats.isDirectory() ? "folder" : "file"),
      );
    });
  }

  async folder(path: string): Promise<void> {
    const kind = await this.kind(path);
    if (kind === "folder") return;
    if (kind === "file") throw new UserError(`${this.where}: ${path} exists and is not a folder`, 1);
    await this.folder(posix.dirname(path));
    await this.#does(`make folder ${path}`, (done) => this.sftp.mkdir(path, done));
  }

  write(text: string, path: string): Promise<void> {
    return this.#does(`write ${path}`, (done) => this.sftp.writeFile(path, text, done));
  }

  async put(from: string, to: string): Promise<void> {
    const { mode } = await stat(from);
    return this.#does(`write ${to}`, (done) => this.sftp.fastPut(from, to, { mode: mode & 0o777 }, done));
  }

  async #does(what: string, act: (done: Done) => void): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      act((error) =>
        error ? reject(new UserError(`${this.where}: cannot ${what}: ${error.message}`, 1)) : resolve(),
      );
    });
  }
}
