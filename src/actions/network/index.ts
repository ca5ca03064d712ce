import { programText } from "../../config/program-text.ts";
import type { NetworkAction } from "../../curriculum/actions.ts";
import { NEXT } from "../answers.ts";
import { apiProgram } from "../cloud-api.ts";
import { python } from "../shell.ts";
import type { ActionKind } from "../types.ts";
import { networkBack, networkCommands, networkLook } from "./commands.ts";
import { compareNetwork, wantedOf } from "./compare.ts";

/** Makes, reads or removes objects. */
const PROGRAM = apiProgram(
  programText("actions/network/client.py"),
  programText("actions/network/objects.py", { NEXT }),
  programText("actions/network/make.py"),
);

/** Objects of Neutron, made by the cloud `admin` of the node's clouds.yaml. */
export const networkKind: ActionKind<NetworkAction> = {
  commands: networkCommands,
  script: (action) => run([action], "make"),
  probe: (actions) => run(actions, "look", "2>&1 || true"),
  compare: compareNetwork,
  undo: (action) => run([action], "remove"),
  look: networkLook,
  back: networkBack,

  summary: ({
    networks = [],
    subnets = [],
    routers = [],
    groups = [],
    ports = [],
    floatingIps: floating = [],
  }) => {
    const objects = [
      ...networks.map(({ name }) => `network ${name}`),
      ...subnets.map(({ name }) => `subnet ${name}`),
      ...routers.map(({ name }) => `router ${name}`),
      ...groups.map(({ name }) => `security group ${name}`),
      ...ports.map(({ name }) => `port ${name}`),
      ...floating.map(({ address }) => `floating IP ${address}`),
    ];
    return `create ${objects.join(", ")}`;
  },
};

function run(actions: readonly NetworkAction[], what: "make" | "look" | "remove", rest = ""): string {
  return python(
    PROGRAM,
    actions.map((action) => ({ do: what, ...wantedOf(action) })),
    rest,
  );
}
