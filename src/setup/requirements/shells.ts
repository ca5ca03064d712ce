import { aptInstall, missingPackages } from "../machine/apt.ts";
import type { Requirement } from "../types.ts";

/** Shells besides bash: `lab completion` has scripts for two of them, and a host may have any as its login shell. */
const PACKAGES = ["zsh", "fish", "csh"];

export const shells: Requirement = {
  id: "shells",
  title: "zsh, fish and csh",
  neededBy: "the tests of `lab completion` and of login shells",
  async probe() {
    const missing = await missingPackages(PACKAGES);
    if (missing.length === 0) return { found: "installed", state: "ok" };
    return { found: `without ${missing.join(", ")}`, state: "missing" };
  },
  fix: {
    text: `sudo apt-get install --no-install-recommends ${PACKAGES.join(" ")}`,
    run: async (say) => aptInstall(await missingPackages(PACKAGES), say),
  },
};
