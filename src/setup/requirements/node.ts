import { compareVersions } from "../engine/version.ts";
import type { Requirement } from "../types.ts";

const OLDEST = "20.19.0";

export const node: Requirement = {
  id: "node",
  title: "Node",
  neededBy: "this program",
  async probe() {
    const { node: version } = process.versions;
    return { found: version, state: compareVersions(version, OLDEST) >= 0 ? "ok" : "missing" };
  },
  fix: { text: "scripts/setup" },
};
