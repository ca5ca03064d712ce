import { lean } from "./lean.ts";
import { runCli } from "./program.ts";
import { realContext } from "./real-context.ts";

// What reads our output may leave before we are done, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  unlessClosed(error);
});
process.stderr.on("error", unlessClosed);

lean();
const code = await runCli(process.argv.slice(2), realContext());
// Everything written is out before the process ends, whatever connections are still open.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));

/** A terminal that was closed takes nothing more, and its hangup ends us in order: telling of it would fail for ever. */
function unlessClosed(error: NodeJS.ErrnoException): void {
  if (error.code !== "EIO") throw error;
}
