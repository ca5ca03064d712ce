import { isBroken, withFailedChecks } from "../drift/failed-checks.ts";
import { type ProbedLab, type ProbeOptions, probeLab } from "../drift/probe-lab.ts";
import type { ObservedStack } from "../engine/stack.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { verify } from "./index.ts";
import type { CheckResult } from "./results.ts";

/** What is asked; tests replace it. */
interface Parts {
  readonly probe: typeof probeLab;
  readonly verify: typeof verify;
}

/**
 * Probes a lab as `probeLab` does, then runs the checks that the course adds: where `lab verify` fails, a step does not hold. Without the
 * checks where a probe finds something: that comes first, and the lab is probed again after it. A check that fails is run once more,
 * because a busy node fails some for a moment. Never both at the same time: a server's SSH takes five logins at once, and refuses more.
 */
export async function probeWithChecks(
  stack: ObservedStack,
  options: ProbeOptions = {},
  { probe, verify: check }: Parts = { probe: probeLab, verify },
): Promise<ProbedLab> {
  const { only, signal } = options;
  const probed = await probe(stack, options);
  if (probed.unreachable.length > 0 || probed.steps.some(isBroken)) return probed;
  const failing = async (steps: ReadonlySet<string>): Promise<CheckResult[]> => {
    if (steps.size === 0) return [];
    const asked = {
      only: [...steps],
      required: new Set<string>(),
      addedOnly: true,
      ...(signal && { signal }),
    };
    const results = await check(stack, asked);
    return results.filter(({ ok, step, node }) => !ok && (only?.has(`${step}@${node}`) ?? true));
  };
  const checked = plannedSteps(stack.config)
    .filter(({ name, step }) => (step.checks ?? []).length > 0 && (only?.has(name) ?? true))
    .map(({ step }) => step.id);
  const first = await failing(new Set(checked));
  return withFailedChecks(probed, await failing(new Set(first.map(({ step }) => step))));
}
