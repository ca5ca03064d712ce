import { UserError } from "../config/errors.ts";
import { secretsIn } from "../config/secret-value.ts";
import { probeLab } from "../drift/probe-lab.ts";
import { decrypted } from "../engine/config-secrets.ts";
import type { Observed } from "../engine/observed.ts";
import { secretsOf } from "../engine/observed-values.ts";
import { refuseForeign, sortByState } from "../engine/ownership.ts";
import { isLocked, PARALLEL } from "../engine/pulumi.ts";
import { refuseInterruptedRestore } from "../engine/restore-intent.ts";
import type { Stack } from "../engine/stack.ts";
import { writeTarget } from "../engine/target.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import { problemInWords } from "../hardware/problem.ts";
import { silentProxies } from "../hardware/proxy-reach.ts";
import type { Problem } from "../hardware/types.ts";
import { withDependencies } from "../plan/closure.ts";
import { inOrder } from "../plan/order.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { requireStepsNamed } from "../plan/select.ts";
import { scopeOf } from "../program/scope.ts";
import { type Execution, executeRun, type Run, type RunOptions } from "./execute.ts";
import type { EngineOptions } from "./interactive-up.ts";
import { Reconciler } from "./reconcile.ts";
import { type RunRecorder, recordRun } from "./recorder.ts";
import { refuseChanges } from "./refuse-changes.ts";
import type { RunReport } from "./report.ts";
import { isUpToDate, recordUpToDate } from "./up-to-date.ts";

/**
 * Builds a stack, or what is missing of it, or a part of it. What exists beyond the part stays.
 * @param probe tells which steps hold
 * @throws UserError for a part that the lab does not have, and when a restore was interrupted or the lab cannot be built
 */
export async function up(
  stack: Stack,
  options: RunOptions,
  probe: typeof probeLab = probeLab,
): Promise<RunReport> {
  await refuseInterruptedRestore(stack.name);
  if (!options.preview) stack.reserve();
  const { name, config } = stack;
  const whole = inOrder(plannedSteps(config));
  const { through } = options;
  const wanted =
    through === undefined ? undefined : requireStepsNamed(whole, through, `--through in ${stack.name}`);
  const steps =
    wanted &&
    withDependencies(
      whole,
      wanted.map((step) => step.name),
    );
  const command = options.preview ? "preview" : "up";
  return recordRun({ command, stack: name, lab: config.lab }, options, (recorder) =>
    recordedUp(stack, whole, steps, options, recorder, probe),
  );
}

/** @param steps names of the steps of a part. @default the whole lab */
async function recordedUp(
  stack: Stack,
  whole: readonly PlannedStep[],
  steps: ReadonlySet<string> | undefined,
  options: RunOptions,
  recorder: RunRecorder,
  probeSteps: typeof probeLab,
): Promise<RunReport> {
  const { name, config } = stack;
  const { through, ask, signal } = options;
  const { emit, hide } = recorder;
  const hardware = hardwareOf(config);
  const open = await decrypted(stack);
  hide(secretsIn(open.config));
  const state = stack.state().then((found) => {
    hide([...secretsOf(found), found.key?.private ?? ""]);
    return found;
  });
  // Whoever awaits it gets the error.
  state.catch(() => undefined);
  const course = whole.filter((step) => steps?.has(step.name) ?? true);
  const probe = async () => probeSteps({ ...open, state: await state }, { only: steps, signal });
  const reconciler = options.preview ? undefined : new Reconciler(probe, { emit, signal });
  const tell = (text: string): void => emit({ type: "found", text, at: Date.now() });
  refuseChanges(name, config, await state);
  const [silent, problems, ours] = await Promise.all([
    silentProxies(open.config),
    hardware.preflight(name, open.config, tell),
    state.then(({ deployed }) => sortByState(open, deployed)),
  ]);
  refuseForeign(name, ours.foreign);
  refuse(name, [...silent, ...problems]);
  if (!options.preview) await ours.adopt();
  const scope = steps && scopeOf(open.config, whole, steps, (await state).deployed);
  // Loaded only where they are needed: the engine's libraries take a second.
  const opened = async () => {
    const [{ openStack }, { program }] = await Promise.all([
      import("../engine/open-stack.ts"),
      import("../program/lab-stack.ts"),
    ]);
    const made = (secret: string): void => hide([secret]);
    const plugin = await hardware.pluginEnvironment?.(open.config);
    const options = { scope, again: reconciler?.again, onSecret: made };
    return openStack(name, async () => program(open.config, options), plugin);
  };
  const engine: EngineOptions = {
    parallel: options.sequential || ask !== undefined ? 1 : PARALLEL,
    refresh: hardware.plugin !== undefined,
    ...(scope && scope.untouched.length > 0 ? { exclude: [...scope.untouched] } : {}),
  };
  const run: Run = { stack: open, course, recorder, signal };
  const inputs = ({ deployed }: Observed) => ({ config: open.config, course: whole, resources: deployed });
  /** Whether the engine has nothing to do with the whole lab. */
  const isDone = async (): Promise<boolean> =>
    steps === undefined && !(await isLocked(name)) && (await isUpToDate(name, inputs(await state)));
  const allUpToDate = async ({ upToDate }: Execution): Promise<void> => upToDate((await state).deployed);
  if (reconciler === undefined) {
    return executeRun(run, async (execution) => {
      if (await isDone()) return allUpToDate(execution);
      const { onEvent } = execution;
      await (await opened()).preview({ onEvent, signal, ...engine });
    });
  }
  const target =
    through === undefined ? undefined : { why: "through" as const, name: through, lab: config.lab };
  const keeping: Run = { ...run, whole };
  if (ask !== undefined) {
    // Its secrets are masked from then on.
    await state;
    const ready = await opened();
    await writeTarget(name, target);
    const { interactiveUp } = await import("./interactive-up.ts");
    return interactiveUp(keeping, open, ready, engine, scope, reconciler, ask);
  }
  return executeRun(keeping, async (execution) => {
    if ((await isDone()) && (await reconciler.inSync(whole))) {
      await writeTarget(name, target);
      return allUpToDate(execution);
    }
    const ready = await opened();
    await writeTarget(name, target);
    await reconciler.rounds(async (isNews) => {
      await ready.up({ onEvent: (event) => execution.emitThose(event, isNews), signal, ...engine });
    });
    if (steps === undefined) await recordUpToDate(name, inputs(await stack.stateNow()));
  });
}

/** @throws UserError naming every problem because of which the lab cannot be built */
function refuse(stack: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(problemInWords);
  throw new UserError([`Stack ${stack} cannot be built here; nothing was touched.`, ...lines].join("\n"), 1);
}
