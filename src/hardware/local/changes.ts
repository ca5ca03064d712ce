import type { KeyChanges } from "../../config/changes.ts";

const BORN = "a node is made with it: the nodes would be replaced, with all that is on them";

/** What happens to a lab in containers when a key of its hardware changes. */
export const changes: KeyChanges = {
  "hardware.pool": { refused: BORN },
  "hardware.packageCache": { refused: BORN },
  "hardware.privileged": {
    up: "applies it to nodes that are made from then on, and says which nodes are otherwise",
  },
  "hardware.bakedImages": { up: "applies it to nodes that are made from then on" },
  "hardware.packageSources": { up: "applies it to nodes that are made from then on" },
  "nodes.*.memory": { up: "changes the limit of the running node" },
  "nodes.*.cpus": { up: "changes the limit of the running node" },
};
