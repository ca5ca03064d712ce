import { existsSync } from "node:fs";
import { mkdir, realpath, rm, symlink } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { enginePin, foundEngine } from "../../config/engine.ts";
import { cache } from "../../config/paths.ts";
import { engineVersion, isNewEnough } from "./version.ts";

/** An engine that was installed before, with its language host beside it. */
export interface FoundEngine {
  /** Folder of the program itself, with links resolved. */
  readonly folder: string;
  readonly version: string;
}

/** An engine on PATH that is new enough; undefined where there is none. Leaves out the engine that set-up provided. */
export async function findOnPath(env: NodeJS.ProcessEnv = process.env): Promise<FoundEngine | undefined> {
  const { version: oldest, newest } = enginePin();
  for (const entry of (env.PATH ?? "").split(delimiter)) {
    const program = join(entry, "pulumi");
    if (entry === "" || entry.startsWith(cache(env)) || !existsSync(program)) continue;
    const folder = dirname(await realpath(program));
    if (!existsSync(join(folder, "pulumi-language-nodejs"))) continue;
    const version = await engineVersion(program);
    if (version !== undefined && isNewEnough(version, oldest, newest)) return { folder, version };
  }
  return undefined;
}

/** Links to it, so that commands find it without asking for its version again. */
export async function linkFound(found: FoundEngine, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  const bin = join(foundEngine(env), "bin");
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs"])
    await symlink(join(found.folder, name), join(bin, name));
}
