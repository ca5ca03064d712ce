import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { home } from "../config/paths.ts";
import { writeWhole } from "../config/write-whole.ts";

/** The folder of a stack's own files: logs, checkpoints, target. */
export const stackFolder = (stack: string): string => join(home(), "stacks", stack);

/** @returns undefined when there is no such file */
export async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Replaces a file atomically. Only its owner can read it. Makes the folder if there is none. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${JSON.stringify(value)}\n`, 0o600);
}

/** Removes a file or a folder, if it exists. */
export const removePath = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
