import { THIS_MACHINE } from "../../curriculum/types.ts";
import type { RunEvent } from "../../run/events.ts";
import type { Invocation } from "../command.ts";
import type { Context } from "../context.ts";
import { writeJson } from "./show.ts";
import { duration } from "./text.ts";

/** What a step prints goes to standard output, everything else to standard error. */
export const redoView = ({ context, options }: Invocation, stack: string): ((event: RunEvent) => void) =>
  options.json ? jsonView(context, stack) : personView(context);

function personView({ stdout, stderr }: Context): (event: RunEvent) => void {
  const say = (text: string): unknown => stderr.write(`${text}\n`);
  return (event) => {
    if (event.type === "started")
      say(`${event.step} on ${event.node === THIS_MACHINE ? "this machine" : event.node}: ${event.title}`);
    else if (event.type === "output") stdout.write(event.text);
    else if (event.type === "done") say(`done in ${duration(event.seconds)}`);
    else if (event.type === "failed" && event.code !== undefined) say(`failed with exit code ${event.code}`);
  };
}

/** A step that ended is one object with its exit code, done or failed. */
function jsonView({ stdout }: Context, stack: string): (event: RunEvent) => void {
  return (event) => {
    if (event.type === "output") {
      const { type, name, text } = event;
      writeJson(stdout, { type, stack, name, text });
    } else if (event.type === "done" || (event.type === "failed" && event.code !== undefined)) {
      const { name, step, node, seconds } = event;
      const code = event.type === "done" ? 0 : event.code;
      writeJson(stdout, { type: "done", stack, name, step, node, code, seconds });
    }
  };
}
