import { aptInstall, missingPackages } from "../machine/apt.ts";
import type { Requirement } from "../types.ts";

/** Shells besides bash that `lab completion` has a script for. */
const PACKAGES = ["zsh", "fish"];

export const shells: Requirement = {
  id: "shells",
  title: "zsh and fish",
  neededBy: "the tests of `lab completion`",
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
