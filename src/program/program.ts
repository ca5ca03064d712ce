import { getStack, runtime } from "@pulumi/pulumi";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { parseRuntimeConfig } from "../hardware/stack-config.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { RerunToken } from "./components.ts";
import { LabStack, type OnSecret } from "./lab-stack.ts";
import type { Outputs } from "./outputs.ts";
import { withoutPromiseTraces } from "./promise-traces.ts";
import type { Scope } from "./scope.ts";

/**
 * The one Pulumi program: the stack's configuration in, its resources out. `lab` and bare `pulumi` both run it.
 * @param config as `lab` has checked it. @default what the engine read from the stack's file
 * @param scope the part of the lab that is declared. @default all
 * @param again which steps `lab` wants done again. @default none: bare `pulumi` has `--refresh` for that
 * @param onSecret gets each password as soon as it is known, so that it can be masked. @default nobody
 */
export async function program(
  config?: StackConfig,
  scope?: Scope,
  again?: RerunToken,
  onSecret?: OnSecret,
): Promise<Outputs> {
  const lab = await declared(config, scope, again, onSecret);
  for (const planned of lab.course) lab.declare(planned);
  return lab.outputs();
}

/**
 * The same, with each step declared only once it may be.
 * @param may resolves when a step's turn has come: to false where it is to be left out. Never resolves once nothing more is to be
 * done: a program that came to its end without them would have the engine take away all steps that it did not declare
 */
export async function interactiveProgram(
  may: (planned: PlannedStep) => Promise<boolean>,
  config: StackConfig,
  scope: Scope | undefined,
  again: RerunToken,
  onSecret: OnSecret,
): Promise<Outputs> {
  const lab = await declared(config, scope, again, onSecret);
  for (const planned of lab.course) if (await may(planned)) lab.declare(planned);
  return lab.outputs();
}

async function declared(
  given: StackConfig | undefined,
  scope: Scope | undefined,
  again: RerunToken | undefined,
  onSecret: OnSecret | undefined,
): Promise<LabStack> {
  withoutPromiseTraces();
  const name = getStack();
  const config = given ?? parseRuntimeConfig(name, runtime.allConfig(), !runtime.isDryRun());
  const hardware = hardwareOf(config);
  if (given === undefined) refuseShell((await hardware.corrections?.(config)) ?? {});
  return new LabStack(name, config, await hardware.declaration(), scope, again, onSecret);
}

/** Bare `pulumi` gives its plugins all variables of the shell. @throws UserError naming those that are wrong, not their values */
function refuseShell(corrections: Readonly<Record<string, string>>): void {
  const names = Object.keys(corrections);
  if (names.length === 0) return;
  const unset = names.filter((name) => corrections[name] === "");
  const set = names.filter((name) => corrections[name] !== "");
  const mend = [
    ...(unset.length > 0 ? [`unset ${unset.join(" ")}`] : []),
    ...set.map((name) => `export ${name}=${corrections[name]}`),
  ];
  throw new UserError(
    `environment: found ${names.join(", ")} not as the stack's hardware needs it, which would lead to another cloud; ` +
      `expected what the stack's file names. To fix it: run \`${mend.join("; ")}\`, or use \`lab\` or \`scripts/pulumi\`, which do so.`,
  );
}
