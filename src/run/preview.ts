import type { ProbedLab, ProbeOptions } from "../drift/probe-lab.ts";
import type { ObservedStack, Stack } from "../engine/stack.ts";
import type { Target } from "../engine/target.ts";
import { withDependencies } from "../plan/closure.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { requireStepsNamed } from "../plan/select.ts";
import type { RunEvent } from "./events.ts";
import type { RunOptions } from "./execute.ts";
import type { RunReport } from "./report.ts";

export type PreviewOptions = Pick<RunOptions, "through" | "onEvent" | "signal">;

/** A change that the engine would make. */
export type Change = Extract<RunEvent, { type: "started" }>;

/** What `up` would do. */
export interface Preview {
  readonly report: RunReport;
  /** In the order in which the engine names them. */
  readonly changes: readonly Change[];
  /** Planned steps that were never done, in course order. */
  readonly toDo: readonly PlannedStep[];
  /** What the nodes say; nothing when the engine's part failed. */
  readonly probed: ProbedLab;
  readonly target: Target | undefined;
}

/** What a preview is made of. */
interface Parts {
  readonly up: (stack: Stack, options: RunOptions) => Promise<RunReport>;
  /** Tells which steps hold. */
  readonly probe: (stack: ObservedStack, options: ProbeOptions) => Promise<ProbedLab>;
}

/**
 * Finds out what `up` would do: asks the engine what it would change, and at the same time the nodes what has drifted there.
 * @throws UserError (exit code 2) for a part that the lab does not have
 */
export async function preview(
  stack: Stack,
  { through, onEvent, signal }: PreviewOptions,
  { up, probe }: Parts,
): Promise<Preview> {
  const { name, config } = stack;
  const course = part(await stack.plannedSteps(), name, through);
  const changes: Change[] = [];
  const probing = stack.state().then((state) => {
    const only = new Set(course.map((planned) => planned.name));
    return probe({ name, config, state }, { all: true, only, signal });
  });
  // The engine's part may fail first: then nobody waits for this one.
  probing.catch(() => {});
  const report = await up(stack, {
    preview: true,
    ...(through === undefined ? {} : { through }),
    signal,
    onEvent: (event) => {
      if (event.type === "started") changes.push(event);
      onEvent(event);
    },
  });
  const created = new Set(changes.flatMap((item) => (item.operation === "create" ? [item.name] : [])));
  return {
    report,
    changes,
    toDo: course.filter((planned) => created.has(planned.name)),
    probed: report.ok ? await probing : { steps: [], unreachable: [] },
    target: report.ok ? (await stack.state()).target : undefined,
  };
}

/** The steps that `--through` is about, with their dependencies. */
function part(
  course: readonly PlannedStep[],
  stack: string,
  through: string | undefined,
): readonly PlannedStep[] {
  if (through === undefined) return course;
  const wanted = requireStepsNamed(course, through, `--through in ${stack}`).map(({ name }) => name);
  const closure = withDependencies(course, wanted);
  return course.filter(({ name }) => closure.has(name));
}
