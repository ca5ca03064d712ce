import { LAB } from "../../config/paths.ts";
import type { CurrentStack } from "../../engine/stack.ts";
import { targetInWords } from "../../engine/target.ts";

/** Says that steps beyond the target are not done yet, on purpose. @returns undefined when there are none */
export function beyondTarget({ state: { target }, later }: CurrentStack): string | undefined {
  if (target === undefined || later === 0) return undefined;
  const steps = later === 1 ? "1 step is" : `${later} steps are`;
  return `${targetInWords(target)}: ${steps} not done yet, on purpose. \`${LAB} up\` goes on.`;
}
