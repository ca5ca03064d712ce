import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../config/errors.ts";
import { look } from "../drift/probe-lab.ts";
import { decrypted } from "../engine/config-secrets.ts";
import type { Observed } from "../engine/observed.ts";
import { isLocked } from "../engine/pulumi.ts";
import type { Stack } from "../engine/stack.ts";
import { writeTarget } from "../engine/target.ts";
import { hardwareOf } from "../hardware/lookup.ts";
import type { Problem } from "../hardware/types.ts";
import { withDependencies } from "../plan/closure.ts";
import { inOrder } from "../plan/order.ts";
import { plannedSteps } from "../plan/planned-steps.ts";
import { requireStepsNamed } from "../plan/select.ts";
import { scopeOf } from "../program/scope.ts";
import { follow, type Handlers, type Run, type RunOptions } from "./follow.ts";
import type { Engine } from "./interactive-up.ts";
import { Mending } from "./reconcile.ts";
import type { RunReport } from "./report.ts";
import { isSettled, noteSettled, untouched } from "./up-to-date.ts";

/** More than a lab has steps at once: order comes from the graph and from each node's connection, not from here. */
export const PARALLEL = 64;

/**
 * Builds a stack, or what is missing of it, or of a part of it. What is there beyond the part stays.
 * @throws UserError for a part that the lab does not have
 */
export async function build(stack: Stack, options: RunOptions): Promise<RunReport> {
  const { name, config } = stack;
  const whole = inOrder(plannedSteps(config));
  const { through, ask, signal } = options;
  const wanted = through === undefined ? undefined : requireStepsNamed(whole, through, "--through");
  const tell = (text: string): void => options.onEvent({ type: "found", text });
  const hardware = hardwareOf(config);
  const open = await decrypted(stack);
  const steps =
    wanted &&
    withDependencies(
      whole,
      wanted.map((step) => step.name),
    );
  const course = whole.filter((step) => steps?.has(step.name) ?? true);
  const seen = async () => look({ ...open, state: await stack.state() }, { only: steps, signal });
  const mending = options.preview ? undefined : new Mending(seen, options);
  refuse(name, await hardware.preflight(name, open.config, tell));
  const scope = steps && scopeOf(open.config, whole, steps, (await stack.state()).deployed);
  // Loaded only for who needs them: the engine's libraries take a second.
  const opened = async () => {
    const [{ openStack }, { program }] = await Promise.all([
      import("../engine/open-stack.ts"),
      import("../program/program.ts"),
    ]);
    return openStack(name, async () => program(open.config, scope, mending?.again));
  };
  const engine: Engine = {
    parallel: options.sequential || ask !== undefined ? 1 : PARALLEL,
    refresh: hardware.plugin !== undefined,
    ...(scope && scope.untouched.length > 0 ? { exclude: [...scope.untouched] } : {}),
  };
  const run: Run = { stack: open, course, options };
  const standing = ({ deployed }: Observed) => ({ config: open.config, course: whole, resources: deployed });
  /** Whether the engine has nothing to do with all of the lab. */
  const isDone = async (): Promise<boolean> =>
    steps === undefined && !(await isLocked(name)) && (await isSettled(name, standing(await stack.state())));
  const allUntouched = async ({ onEvent }: Handlers): Promise<void> => {
    for (const resource of (await stack.state()).deployed) onEvent(untouched(resource));
  };
  if (mending === undefined) {
    return follow(run, async (handlers) => {
      if (await isDone()) return allUntouched(handlers);
      const ready = await opened();
      await ready.preview({ ...handlers, ...engine });
    });
  }
  const target =
    through === undefined ? undefined : { why: "through" as const, name: through, lab: config.lab };
  const keeping: Run = { ...run, whole };
  if (ask !== undefined) {
    const ready = await opened();
    await writeTarget(name, target);
    const { walking } = await import("./interactive-up.ts");
    return walking(keeping, open, ready, engine, scope, mending, ask);
  }
  return follow(keeping, async (handlers) => {
    if ((await isDone()) && (await mending.holds(whole))) {
      await writeTarget(name, target);
      return allUntouched(handlers);
    }
    const ready = await opened();
    await writeTarget(name, target);
    await mending.rounds(async (isNews) => {
      const onEvent = (event: EngineEvent): void => void (isNews(event) && handlers.onEvent(event));
      await ready.up({ ...handlers, onEvent, ...engine });
    });
    if (steps === undefined) await noteSettled(name, standing(await stack.stateNow()));
  });
}

/** @throws UserError naming every reason why the lab cannot be built here */
function refuse(stack: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ where, found, expected, mend }) =>
      `${where}: found ${found}, expected ${expected}. To mend it: ${mend}`,
  );
  throw new UserError([`Stack ${stack} cannot be built here; nothing was touched.`, ...lines].join("\n"), 1);
}
