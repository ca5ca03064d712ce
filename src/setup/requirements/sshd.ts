import { existsSync } from "node:fs";
import { aptInstall } from "../machine/apt.ts";
import type { Requirement } from "../types.ts";

/** Path of the server in Debian's package. */
export const SSHD = "/usr/sbin/sshd";

export const sshd: Requirement = {
  id: "sshd",
  title: "OpenSSH's server",
  neededBy: "the tests of the transport, which start it on loopback",
  async probe() {
    return existsSync(SSHD)
      ? { found: "installed", state: "ok" }
      : { found: "not installed", state: "missing" };
  },
  fix: {
    text: "sudo apt-get install --no-install-recommends openssh-server",
    run: (say) => aptInstall(["openssh-server"], say),
  },
};
