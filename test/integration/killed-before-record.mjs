// Loaded into a `lab` before its own code: ends it, as `kill -9` does, when it is about to record a checkpoint. Its snapshots exist by
// then. A test that watched for them and killed it from outside came too late on a fast machine. Files are renamed by write-file-atomic,
// with the function that takes a callback.
import files from "node:fs";

const { rename } = files;
files.rename = (from, to, done) => {
  if (String(to).includes("/checkpoints/states/")) process.kill(process.pid, "SIGKILL");
  rename(from, to, done);
};
