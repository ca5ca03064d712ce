import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { cache, ROOT } from "../../config/paths.ts";
import { run, work } from "../exec.ts";
import { aptInstall } from "../machine/apt.ts";
import type { Requirement, Say } from "../types.ts";

/** @throws Error where ruff.toml names no version (a mistake in the checkout) */
export function pinnedVersion(configuration: string): string {
  const version = /^required-version = "==([\d.]+)"$/m.exec(configuration)?.[1];
  if (version === undefined) throw new Error('ruff.toml: expected required-version = "==<version>"');
  return version;
}

/** `scripts/lint-python` looks for ruff in the same folder. */
function pinned(): { readonly version: string; readonly folder: string; readonly program: string } {
  const version = pinnedVersion(readFileSync(join(ROOT, "ruff.toml"), "utf8"));
  const folder = join(cache(), "ruff", version);
  return { version, folder, program: join(folder, "bin/ruff") };
}

/** Debian's python3 makes a virtual environment with pip only together with the package python3-venv. */
async function install(say: Say): Promise<void> {
  const { version, folder } = pinned();
  if ((await run("python3", ["-c", "import ensurepip"])).code !== 0) {
    await aptInstall(["python3", "python3-venv"], say);
  }
  // A folder that was left half made would keep its half.
  await rm(folder, { recursive: true, force: true });
  const doing = `installing ruff ${version}`;
  await work("python3", ["-m", "venv", folder], { doing, say });
  await work(join(folder, "bin/pip"), ["install", "--quiet", `ruff==${version}`], { doing, say });
}

export const ruff: Requirement = {
  id: "ruff",
  title: "ruff",
  neededBy: "npm run check, which lints the Python programs that run on nodes",
  async probe() {
    const { version, program } = pinned();
    return existsSync(program)
      ? { found: version, state: "ok" }
      : { found: `${version} is not installed`, state: "missing" };
  },
  fix: { text: "scripts/setup --tests", run: install },
};
