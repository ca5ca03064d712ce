import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { home } from "../config/paths.ts";
import { writeWhole } from "../config/write-whole.ts";

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

/** Replaces a file by a whole new one, readable by its owner alone; its folder is made where there is none. */
export async function writeJson(path: string, value: unknown): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeWhole(path, `${JSON.stringify(value)}\n`, 0o600);
}

/** A file or a folder; nothing where it is not there. */
export const removePath = (path: string): Promise<void> => rm(path, { recursive: true, force: true });
