import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { UserError } from "../config/errors.ts";
import type { StackConfig } from "../config/schema.ts";
import { hardwareOf } from "../hardware/index.ts";
import type { Problem } from "../hardware/types.ts";
import { cutOff, forgetIntent, refuseHalfRestored } from "./checkpoints/intent.ts";
import { forgetCheckpoints } from "./checkpoints/record.ts";
import { openStack, pulumi } from "./engine.ts";
import { follow, type Run, type RunOptions } from "./follow.ts";
import { type Goal, writeGoal } from "./goal.ts";
import { instances } from "./instances.ts";
import { leftovers } from "./leftovers.ts";
import { type Looked, type LookOptions, look } from "./look.ts";
import { Mending } from "./mending.ts";
import { instancesNamed } from "./named.ts";
import { withNeeds } from "./needs.ts";
import type { Observed } from "./observe.ts";
import { inOrder } from "./order.ts";
import { program } from "./program.ts";
import type { RunReport } from "./report.ts";
import { forgetSalt } from "./salt.ts";
import { scopeOf, scopeWithout } from "./scope.ts";
import { exported, observe } from "./state.ts";
import { unlocked } from "./unlock.ts";
import { type Engine, walking } from "./walking.ts";

/** More than a lab has steps at once: order comes from the graph and from each node's connection, not from here. */
const PARALLEL = 64;

/**
 * Builds a stack, or what is missing of it, or of a part of it. What is there beyond the part stays.
 * @throws UserError for a part that the lab does not have
 */
export async function up(stack: string, config: StackConfig, options: RunOptions): Promise<RunReport> {
  const whole = inOrder(instances(config));
  const { through, ask } = options;
  const wanted = through === undefined ? undefined : instancesNamed(whole, through, "--through");
  const tell = (text: string): void => options.onEvent({ type: "found", text });
  await refuseHalfRestored(stack);
  const hardware = hardwareOf(config);
  const open = await unlocked(stack, config);
  const steps =
    wanted &&
    withNeeds(
      whole,
      wanted.map(({ name }) => name),
    );
  const course = whole.filter(({ name }) => steps?.has(name) ?? true);
  const mending = options.preview
    ? undefined
    : new Mending(lookFirst(stack, open, { only: steps, signal: options.signal }), options);
  refuse(stack, await hardware.preflight(stack, open, tell));
  const scope = steps && scopeOf(open, whole, steps, (await exported(stack)) ?? []);
  const opened = await openStack(stack, async () => program(open, scope, mending?.again));
  const engine: Engine = {
    parallel: options.sequential || ask !== undefined ? 1 : PARALLEL,
    refresh: hardware.plugin !== undefined,
    ...(scope && scope.untouched.length > 0 ? { exclude: [...scope.untouched] } : {}),
  };
  const run: Run = { stack, config: open, course, options };
  if (mending === undefined) {
    return follow(run, async (handlers) => void (await opened.preview({ ...handlers, ...engine })));
  }
  await writeGoal(
    stack,
    through === undefined ? undefined : { why: "through", name: through, lab: config.lab },
  );
  const keeping: Run = { ...run, whole };
  if (ask !== undefined) return walking(keeping, open, opened, engine, scope, mending, ask);
  return follow(keeping, (handlers) =>
    mending.rounds(async (isNews) => {
      const onEvent = (event: EngineEvent): void => void (isNews(event) && handlers.onEvent(event));
      await opened.up({ ...handlers, onEvent, ...engine });
    }),
  );
}

/** What the state says is read once: what is done meanwhile needs no look. */
function lookFirst(stack: string, config: StackConfig, options: LookOptions): () => Promise<Looked> {
  let observed: Promise<Observed> | undefined;
  return async () => {
    observed ??= observe(stack);
    return look(config, await observed, options);
  };
}

/**
 * Takes steps of a stack back, each by its undo, in reverse order; all else stays as it is. Where all of the course goes, so do nodes
 * and networks: passwords stay.
 * @param gone names of the instances, with all that builds on them
 * @param goal what is noted of how far the stack is meant to go from then on
 */
export async function takeBack(
  stack: string,
  config: StackConfig,
  gone: ReadonlySet<string>,
  goal: Omit<Goal, "at">,
  options: RunOptions,
): Promise<RunReport> {
  const whole = inOrder(instances(config));
  await refuseHalfRestored(stack);
  const open = await unlocked(stack, config);
  const scope = scopeWithout(open, whole, gone, (await exported(stack)) ?? []);
  const opened = await openStack(stack, async () => program(open, scope));
  const exclude = [...scope.untouched];
  await writeGoal(stack, goal);
  const run: Run = { stack, config: open, course: whole, options };
  const engine = { parallel: PARALLEL, exclude };
  return follow(run, async (handlers) => {
    // With a machine all that was done on it goes, in seconds.
    if (scope.steps.size === 0) await opened.destroy({ ...handlers, ...engine });
    else await opened.up({ ...handlers, ...engine });
  });
}

/** Takes a stack down and forgets it. Works without its configuration too, from the state alone. */
export async function down(
  stack: string,
  config: StackConfig | undefined,
  options: RunOptions,
): Promise<RunReport> {
  const course = config === undefined ? [] : inOrder(instances(config));
  // Refuses where a restore is under way; one that was cut off is of no more interest.
  await cutOff(stack);
  const opened = await openStack(stack);
  const open = config === undefined ? undefined : await unlocked(stack, config);
  const left = await leftovers(stack, open, options.onEvent);
  const refresh = open !== undefined && hardwareOf(open).plugin !== undefined;
  const run: Run = { stack, config: open, course, options };
  const report = await follow(run, async (handlers) => {
    await left.unknown();
    await opened.destroy({ ...handlers, parallel: PARALLEL, refresh });
    await left.all();
  });
  if (report.ok) {
    await pulumi(["stack", "rm", "--yes", "--force", "--preserve-config", "--stack", stack]);
    await forgetSalt(stack);
    await forgetCheckpoints(stack);
    await forgetIntent(stack);
    await writeGoal(stack, undefined);
  }
  return report;
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
