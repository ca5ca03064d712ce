import { isSupported, operatingSystem } from "../machine/debian.ts";
import type { Requirement } from "../types.ts";

export const operatingSystemRequirement: Requirement = {
  id: "operating-system",
  title: "operating system",
  neededBy: "the packages that set-up installs",
  async probe() {
    const system = await operatingSystem();
    return { found: system.name, state: isSupported(system) ? "ok" : "missing" };
  },
  fix: { text: "use a machine with Debian 12 or 13" },
};
