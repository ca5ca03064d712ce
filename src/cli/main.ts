import { lean } from "./lean.ts";
import { runCli } from "./program.ts";
import { realContext } from "./real-context.ts";

// What reads our output may leave before we are done, as `head` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

lean();
const code = await runCli(process.argv.slice(2), realContext());
// Everything written is out before the process ends, whatever connections are still open.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
