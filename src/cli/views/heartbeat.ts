import type { Context } from "../context.ts";
import { elapsed } from "./text.ts";

/** Milliseconds without output after which a heartbeat is printed; the documents promise 5 s. */
export const SILENCE = 4_000;
/** Milliseconds between two checks of the time. */
export const TICK = 200;

/** Prints heartbeats on standard error while work that prints its own results prints none. */
export function heartbeats(
  { stderr }: Pick<Context, "stderr">,
  line: (signs: number, elapsed: string) => string,
): { readonly sign: () => void; readonly end: () => void } {
  const began = Date.now();
  let last = began;
  let signs = 0;
  const timer = setInterval(() => {
    if (Date.now() - last < SILENCE) return;
    last = Date.now();
    stderr.write(`${line(signs, elapsed((last - began) / 1000))}\n`);
  }, TICK);
  return {
    sign: () => {
      last = Date.now();
      signs += 1;
    },
    end: () => clearInterval(timer),
  };
}
