// Loaded into a `lab` before its own code: ends it, as `kill -9` does, when it is about to note a checkpoint. Its snapshots are there by
// then. A test that watched for them and killed it from outside came too late on a fast machine.
import files from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

const { rename } = files;
files.rename = async (from, to) => {
  if (String(to).includes("/checkpoints/states/")) process.kill(process.pid, "SIGKILL");
  return await rename(from, to);
};
syncBuiltinESMExports();
