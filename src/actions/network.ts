import type { NetworkAction } from "../curriculum/actions.ts";
import { networkCommands } from "./network-commands.ts";
import { compareNetwork, wantedOf } from "./network-compare.ts";
import { NETWORK_PROGRAM } from "./network-program.ts";
import { python } from "./shell.ts";
import type { Kind } from "./types.ts";

/** Objects of Neutron, by the cloud `admin` of the node's clouds.yaml. */
export const network: Kind<NetworkAction> = {
  commands: networkCommands,
  script: (action) => run([action], "make"),
  probe: (actions) => run(actions, "look", "2>&1 || true"),
  compare: compareNetwork,
  undo: (action) => run([action], "remove"),
};

function run(actions: readonly NetworkAction[], what: "make" | "look" | "remove", rest = ""): string {
  return python(
    NETWORK_PROGRAM,
    actions.map((action) => ({ do: what, ...wantedOf(action) })),
    rest,
  );
}
