import { existsSync } from "node:fs";
import { run } from "../exec.ts";
import { aptInstall } from "../machine/apt.ts";
import type { Requirement } from "../types.ts";

/** Path of the browser in Debian's package. */
export const CHROMIUM = "/usr/bin/chromium";

export const chromium: Requirement = {
  id: "chromium",
  title: "Chromium",
  neededBy: "the tests of the handbook's pages",
  async probe() {
    if (!existsSync(CHROMIUM)) return { found: "not installed", state: "missing" };
    const { stdout } = await run(CHROMIUM, ["--version"]);
    return { found: /[\d.]{3,}/.exec(stdout)?.[0] ?? "installed", state: "ok" };
  },
  fix: {
    text: "sudo apt-get install --no-install-recommends chromium",
    run: (say) => aptInstall(["chromium"], say),
  },
};
