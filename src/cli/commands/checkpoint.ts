import type { CliGroup } from "../command.ts";
import { checkpointDelete } from "./checkpoint-delete.ts";
import { checkpointList } from "./checkpoint-list.ts";
import { checkpointRestore } from "./checkpoint-restore.ts";
import { checkpointSave } from "./checkpoint-save.ts";

export const checkpoint: CliGroup = {
  name: "checkpoint",
  summary: "moments of all nodes and the state, to go back to; `up` keeps one after each service",
  commands: [checkpointSave, checkpointList, checkpointRestore, checkpointDelete],
};
