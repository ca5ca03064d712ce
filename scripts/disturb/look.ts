import { runLab } from "../measure/lab.ts";
import type { Look } from "./recovery.ts";

interface Check {
  readonly check: string;
  readonly node: string;
  readonly ok: boolean;
}

/** One `lab verify`. */
export async function look(stack: string): Promise<Look> {
  const { code, lines } = await runLab<Check>(stack, ["verify"]);
  return judge(code, lines);
}

/** A lab without checks is not clean. */
export function judge(code: number | null, checks: readonly Check[]): Look {
  const failed = checks.filter(({ ok }) => !ok).map(({ node, check }) => `${node} ${check}`);
  return { clean: code === 0 && checks.length > 0 && failed.length === 0, failed };
}
