import type { Context } from "../context.ts";
import { elapsed } from "./text.ts";

/** Milliseconds of silence after which there is a sign of life; 5 s are promised. */
export const SILENCE = 4_000;
/** Milliseconds between two looks at the clock. */
export const TICK = 200;

/** Watches over work that shows its results by itself, and says on stderr that it goes on when it shows none for a while. */
export function quietly(
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
