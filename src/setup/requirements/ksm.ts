import { readFile } from "node:fs/promises";
import { workAsRoot } from "../exec.ts";
import type { Requirement } from "../types.ts";

const FILE = "/sys/kernel/mm/ksm/run";

export const ksm: Requirement = {
  id: "ksm",
  title: "merging of equal memory (KSM)",
  neededBy: "more labs in the same memory",
  async probe() {
    const value = (await readFile(FILE, "utf8").catch(() => "")).trim();
    if (value === "1") return { found: "on", state: "ok" };
    if (value === "")
      return { found: "not in this kernel", state: "warn", fix: "use a kernel with CONFIG_KSM" };
    return { found: "off", state: "warn" };
  },
  fix: {
    text: `echo 1 | sudo tee ${FILE}`,
    run: async (say) => {
      if ((await readFile(FILE, "utf8").catch(() => "")) === "") return;
      await workAsRoot("sh", ["-c", `echo 1 >${FILE}`], { doing: "switching on KSM", say });
    },
  },
};
