import { expect, test } from "vitest";
import { expectRecovered, lab, WHOLE } from "./harness.ts";

/** Services of a Lab002, the riskiest first: what the control plane remembers of a node, then what nearly everything depends on. */
const SERVICES = [
  "nova-compute",
  ...(WHOLE ? ["neutron-openvswitch-agent", "nova", "keystone", "mariadb"] : []),
];

/** A Lab002 that is verified loses one service by undo, and is built again. */
export function undo(): void {
  test.each(SERVICES)(
    "%s is undone and built again, and all is verified meanwhile and afterwards",
    async (service) => {
      const undone = await lab("reset", service, "--undo", "--yes");
      expect(undone.code, undone.stderr).toBe(0);
      // What does not depend on it works, and knows nothing of it any more.
      await expectRecovered();
      const built = await lab("up");
      expect(built.code, built.stdout + built.stderr).toBe(0);
      await expectRecovered();
      expect((await lab("up")).stdout).toContain("Nothing to change");
    },
  );
}
