import { lean } from "./lean.ts";
import { runCli } from "./program.ts";
import { realContext } from "./real-context.ts";

// The reader of the output can end before this process, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  unlessClosed(error);
});
let hungUp = false;
process.stderr.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") return unlessClosed(error);
  // As after a closed terminal: what runs is ended in order. An error thrown here is reported on stderr, which fails again, for ever.
  if (!hungUp) process.kill(process.pid, "SIGHUP");
  hungUp = true;
});

lean();
const code = await runCli(process.argv.slice(2), realContext());
// Everything is written before the process ends, even if connections are still open.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));

/** A closed terminal takes no output (EIO), and its hangup signal ends this process in order: the error is no reason to fail. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EIO") throw error;
}
