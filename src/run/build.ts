import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { look } from "../drift/probe-lab.ts";
import { decrypted } from "../engine/config-secrets.ts";
import { NOTHING, observed, type StateResource } from "../engine/observed.ts";
import { isLocked } from "../engine/pulumi.ts";
import { readResources } from "../engine/state.ts";
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

/** The resources of a stack; undefined where there is no such stack. */
type State = () => Promise<readonly StateResource[] | undefined>;

/** More than a lab has steps at once: order comes from the graph and from each node's connection, not from here. */
export const PARALLEL = 64;

/**
 * Builds a stack, or what is missing of it, or of a part of it. What is there beyond the part stays.
 * @param state what it was at first, read once: what is done meanwhile needs no look
 * @throws UserError for a part that the lab does not have
 */
export async function build(
  stack: string,
  config: StackConfig,
  options: RunOptions,
  state: State,
): Promise<RunReport> {
  const whole = inOrder(plannedSteps(config));
  const { through, ask, signal } = options;
  const wanted = through === undefined ? undefined : requireStepsNamed(whole, through, "--through");
  const tell = (text: string): void => options.onEvent({ type: "found", text });
  const hardware = hardwareOf(config);
  const open = await decrypted(stack, config);
  const steps =
    wanted &&
    withDependencies(
      whole,
      wanted.map(({ name }) => name),
    );
  const course = whole.filter(({ name }) => steps?.has(name) ?? true);
  const seen = async () => look(open, lookable(await state()), { only: steps, signal });
  const mending = options.preview ? undefined : new Mending(seen, options);
  refuse(stack, await hardware.preflight(stack, open, tell));
  const scope = steps && scopeOf(open, whole, steps, (await state()) ?? []);
  // Loaded only for who needs them: the engine's libraries take a second.
  const opened = async () => {
    const [{ openStack }, { program }] = await Promise.all([
      import("../engine/open-stack.ts"),
      import("../program/program.ts"),
    ]);
    return openStack(stack, async () => program(open, scope, mending?.again));
  };
  const engine: Engine = {
    parallel: options.sequential || ask !== undefined ? 1 : PARALLEL,
    refresh: hardware.plugin !== undefined,
    ...(scope && scope.untouched.length > 0 ? { exclude: [...scope.untouched] } : {}),
  };
  const run: Run = { stack, config: open, course, options };
  const standing = async (from: State) => ({
    config: open,
    course: whole,
    resources: (await from()) ?? [],
  });
  /** Whether the engine has nothing to do with all of the lab. */
  const isDone = async (): Promise<boolean> =>
    steps === undefined && !(await isLocked(stack)) && (await isSettled(stack, await standing(state)));
  const allUntouched = async ({ onEvent }: Handlers): Promise<void> => {
    for (const resource of (await state()) ?? []) onEvent(untouched(resource));
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
    await writeTarget(stack, target);
    const { walking } = await import("./interactive-up.ts");
    return walking(keeping, open, ready, engine, scope, mending, ask);
  }
  return follow(keeping, async (handlers) => {
    if ((await isDone()) && (await mending.holds(whole))) {
      await writeTarget(stack, target);
      return allUntouched(handlers);
    }
    const ready = await opened();
    await writeTarget(stack, target);
    await mending.rounds(async (isNews) => {
      const onEvent = (event: EngineEvent): void => void (isNews(event) && handlers.onEvent(event));
      await ready.up({ ...handlers, onEvent, ...engine });
    });
    if (steps === undefined) await noteSettled(stack, await standing(() => readResources(stack)));
  });
}

const lookable = (resources: readonly StateResource[] | undefined) =>
  resources === undefined ? NOTHING : observed(resources);

/** @throws UserError naming every reason why the lab cannot be built here */
function refuse(stack: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(
    ({ where, found, expected, mend }) =>
      `${where}: found ${found}, expected ${expected}. To mend it: ${mend}`,
  );
  throw new UserError([`Stack ${stack} cannot be built here; nothing was touched.`, ...lines].join("\n"), 1);
}
