import type { CliGroup } from "../command.ts";
import { checkpointDelete } from "./checkpoint-delete.ts";
import { checkpointList } from "./checkpoint-list.ts";
import { checkpointRestore } from "./checkpoint-restore.ts";
import { checkpointSave } from "./checkpoint-save.ts";

export const checkpoint: CliGroup = {
  name: "checkpoint",
  summary: "save and restore all nodes and the state; `up` saves a checkpoint after each service",
  commands: [checkpointSave, checkpointList, checkpointRestore, checkpointDelete],
};
