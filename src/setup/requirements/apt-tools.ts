import { aptInstall, missingPackages } from "../machine/apt.ts";
import type { Requirement } from "../types.ts";

/** Packages of this machine. Tools that make the guest image are unpacked, not installed. */
const PACKAGES = [
  "mmdebstrap", // node image
  "iputils-ping", // a lab's servers, from outside
  "openssh-client", // ssh-keygen for a lab's keys, `lab ssh`
  "btrfs-progs", // storage pool
  "dnsmasq-base", // Incus's networks
  "curl",
  "ca-certificates", // download of the engine
  "perl", // checks whether KVM works
];

export const aptTools: Requirement = {
  id: "apt-tools",
  title: "Debian packages",
  neededBy: "node images, networks, downloads",
  async probe() {
    const missing = await missingPackages(PACKAGES);
    if (missing.length === 0) return { found: `all ${PACKAGES.length}`, state: "ok" };
    return { found: `without ${missing.join(", ")}`, state: "missing" };
  },
  fix: {
    text: `sudo apt-get install --no-install-recommends ${PACKAGES.join(" ")}`,
    run: async (say) => aptInstall(await missingPackages(PACKAGES), say),
  },
};
