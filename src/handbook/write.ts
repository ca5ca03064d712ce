import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../config/errors.ts";

/** The file that identifies a handbook's folder. It lists the files of the handbook, and is written first and last. */
export const MARKER = ".scratchstack-handbook.json";

/**
 * Writes a handbook into a folder. Each file is complete or does not exist. Files of an earlier handbook that this one does not have
 * are removed. If it is killed in between, the next run still recognizes the folder as a handbook.
 * @param secret the files contain passwords: only the owner can read the folder
 * @throws UserError if the folder contains something else
 */
export async function writeSite(
  folder: string,
  files: ReadonlyMap<string, string>,
  secret: boolean,
): Promise<void> {
  const old = await filesOf(folder);
  await mkdir(folder, { recursive: true, mode: secret ? 0o700 : 0o755 });
  await chmod(folder, secret ? 0o700 : 0o755);
  const mode = secret ? 0o600 : 0o644;
  const write = async (path: string, text: string): Promise<void> => {
    const draft = join(folder, `${path}.new`);
    const inside = dirname(draft);
    await mkdir(inside, { recursive: true });
    await chmod(inside, secret ? 0o700 : 0o755);
    await rm(draft, { force: true });
    await writeFile(draft, text, { mode });
    await chmod(draft, mode);
    await rename(draft, join(folder, path));
  };
  const all = [...new Set([...old, ...files.keys()])].sort();
  await write(MARKER, marker(all));
  for (const [path, text] of files) await write(path, text);
  for (const path of old.filter((one) => !files.has(one))) {
    for (const name of [path, `${path}.new`]) await rm(join(folder, name), { force: true });
  }
  await write(MARKER, marker([...files.keys()].sort()));
}

const marker = (files: readonly string[]): string => `${JSON.stringify({ files }, null, 1)}\n`;

/** The files of the handbook in a folder; empty for an empty folder. */
async function filesOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const inside = await readdir(folder).catch(() => {
    throw new UserError(`--out: found ${folder}, which is not a folder. Choose another one.`);
  });
  if (inside.every((name) => name === `${MARKER}.new`)) return [];
  const text = await readFile(join(folder, MARKER), "utf8").catch(() => undefined);
  if (text === undefined) {
    throw new UserError(
      `--out: found ${folder} with files that are not a handbook (${inside[0]}), expected an empty folder, a folder that does not exist, or an earlier handbook. Choose another one, or empty it first.`,
    );
  }
  const { files } = JSON.parse(text) as { readonly files: readonly string[] };
  return files.filter((path) => !path.startsWith("/") && !path.split("/").includes(".."));
}
