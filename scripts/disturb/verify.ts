import { runLab } from "../measure/lab.ts";
import type { Verified } from "./recovery.ts";

interface Check {
  readonly check: string;
  readonly node: string;
  readonly ok: boolean;
}

/** One `lab verify`. */
export async function verify(stack: string): Promise<Verified> {
  const { code, lines } = await runLab<Check>(stack, ["verify"]);
  return verifiedBy(code, lines);
}

/** A lab without checks is not clean. */
export function verifiedBy(code: number | null, checks: readonly Check[]): Verified {
  const failed = checks.filter(({ ok }) => !ok).map(({ node, check }) => `${node} ${check}`);
  return { clean: code === 0 && checks.length > 0 && failed.length === 0, failed };
}
