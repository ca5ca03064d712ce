import type { Invocation } from "../command.ts";
import { show } from "./show.ts";

/** Says that a command changed nothing, because the answer was no. @param summary more for programs */
export const unchangedView = (invocation: Invocation, stack: string, summary: object = {}): void =>
  show(
    invocation,
    () => [`${stack} was left as it is.`],
    () => [{ type: "summary", stack, ok: false, ...summary }],
  );

/** Says that there was nothing to do. */
export const nothingToDoView = (invocation: Invocation, stack: string, text: string): void =>
  show(
    invocation,
    () => [text],
    () => [{ type: "summary", stack, ok: true, changed: 0 }],
  );
