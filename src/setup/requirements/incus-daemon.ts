import { isUp, start } from "../incus/daemon.ts";
import { hasSystemd } from "../machine/daemon.ts";
import type { Requirement } from "../types.ts";

export const incusDaemon: Requirement = {
  id: "incus-daemon",
  title: "Incus daemon",
  neededBy: "the nodes",
  async probe() {
    if (await isUp()) return { found: "running", state: "ok" };
    const fix = (await hasSystemd()) ? "sudo systemctl start incus" : "scripts/setup";
    return { found: "not running", state: "missing", fix };
  },
  fix: { text: "scripts/setup", run: start },
};
