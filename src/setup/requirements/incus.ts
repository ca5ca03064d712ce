import { version } from "../incus/daemon.ts";
import { aptInstall, aptInstallQuietly } from "../machine/apt.ts";
import { addBackports } from "../machine/backports.ts";
import { hasSystemd } from "../machine/daemon.ts";
import { operatingSystem } from "../machine/debian.ts";
import type { Requirement, Say } from "../types.ts";

/** The daemon without support for virtual machines, which would install QEMU. */
const PACKAGE = "incus-base";

async function install(say: Say): Promise<void> {
  const { version: release } = await operatingSystem();
  const target = release === "12" ? "bookworm-backports" : undefined;
  if (target !== undefined) await addBackports("bookworm", "Incus", say);
  // Without systemd the package could not start the daemon.
  if (await hasSystemd()) await aptInstall([PACKAGE], say, target);
  else await aptInstallQuietly([PACKAGE], say, target);
}

export const incus: Requirement = {
  id: "incus",
  title: "Incus",
  neededBy: "the nodes, which are its containers",
  async probe() {
    const found = await version();
    if (found !== undefined) return { found, state: "ok" };
    const { version: release } = await operatingSystem();
    const fix =
      release === "12" ? `sudo apt-get install --target-release bookworm-backports ${PACKAGE}` : undefined;
    return { found: "not installed", state: "missing", ...(fix === undefined ? {} : { fix }) };
  },
  fix: { text: `sudo apt-get install --no-install-recommends ${PACKAGE}`, run: install },
};
