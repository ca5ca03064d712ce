import { engineRoot } from "../../engine/environment.ts";
import { hasLanguageHost, installLanguageHost } from "../engine/language-host.ts";
import type { Requirement } from "../types.ts";

export const languageHost: Requirement = {
  id: "language-host",
  title: "Pulumi language host",
  neededBy: "pulumi preview, up and destroy without lab",
  async probe() {
    const root = engineRoot();
    if (root === undefined) return { found: "is installed with the engine", state: "missing" };
    if (await hasLanguageHost(root)) return { found: "beside the engine", state: "ok" };
    return { found: "from another version of this checkout", state: "warn" };
  },
  fix: {
    text: "scripts/setup",
    run: async () => {
      const root = engineRoot();
      if (root !== undefined) await installLanguageHost(root);
    },
  },
};
