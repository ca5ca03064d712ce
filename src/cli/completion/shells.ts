import { join } from "node:path";
import { ROOT } from "../../config/paths.ts";
import { programText } from "../../config/program-text.ts";
import { quote } from "../../config/quote.ts";

/** Shells that have a completion script. */
export const SHELLS = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * Prints the script that completes `lab` in a shell. Those of zsh and fish are the library's; its script for bash evaluates what is
 * typed (`$(…)` and `>` included), so bash has one of ours. All of them call `lab complete`.
 */
export async function printScript(shell: Shell, print: (text: string) => void): Promise<void> {
  const program = quote(join(ROOT, "scripts/lab"));
  if (shell === "bash") return print(`${programText("cli/completion/lab.bash", { LAB: program })}\n`);
  const { script } = await import("@bomb.sh/tab");
  script(shell, "lab", program);
}
