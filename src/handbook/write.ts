import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UserError } from "../config/errors.ts";

/** Tells a handbook's folder from any other. It names the files that are ours, and is written first and last. */
export const MARKER = ".scratchstack-handbook.json";

/**
 * Writes a handbook into a folder. Every file is whole or not there; one that an earlier handbook had and this one has not is
 * taken away. Killed in between, it leaves a folder that the next run knows as a handbook's.
 * @param secret whoever may read the folder sees passwords: it is closed to all but its owner
 * @throws UserError where the folder holds something else
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

/** Files of the handbook that a folder holds; none where it holds nothing. */
async function filesOf(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const inside = await readdir(folder).catch(() => {
    throw new UserError(`--out: found ${folder}, which is no folder. Name another.`);
  });
  if (inside.every((name) => name === `${MARKER}.new`)) return [];
  const text = await readFile(join(folder, MARKER), "utf8").catch(() => undefined);
  if (text === undefined) {
    throw new UserError(
      `--out: found ${folder} with something in it that is no handbook (${inside[0]}), expected an empty folder, one that does not exist, or an earlier handbook. Name another, or empty it first.`,
    );
  }
  const { files } = JSON.parse(text) as { readonly files: readonly string[] };
  return files.filter((path) => !path.startsWith("/") && !path.split("/").includes(".."));
}
