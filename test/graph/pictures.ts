import { svg } from "../../src/graph/svg/index.ts";
import { topologyOf } from "../../src/graph/topology.ts";
import { readStackFile } from "../../src/hardware/stack-config.ts";

/** Drawings of the ready-made stacks: file in docs/topology → stack. */
const DRAWN = {
  "lab001.svg": "lab001-local",
  "lab002.svg": "lab002-local",
  "lab001-hosts.svg": "lab001-hosts",
  "lab002-hosts.svg": "lab002-hosts",
  "lab001-openstack.svg": "lab001-openstack",
  "lab002-openstack.svg": "lab002-openstack",
};

/** docs/topology: file → what is to be in it. */
export const pictures = (): [file: string, content: string][] =>
  Object.entries(DRAWN).map(([file, stack]) => [
    file,
    svg(topologyOf({ name: stack, config: readStackFile(stack) })),
  ]);
