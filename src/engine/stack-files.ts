import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { home } from "../config/paths.ts";

/** The folder of what is kept of a stack beside its state. */
export const stackFolder = (stack: string): string => join(home(), "stacks", stack);

/** @returns undefined where there is no such file */
export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Whole or not at all, for its owner alone. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.new`;
  await writeFile(draft, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  await rename(draft, path);
}

/** A file or a folder; nothing where it is not there. */
export const removePath = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
