import type { KnownCheckpoint } from "../checkpoints/index.ts";
import type { CheckpointRecord } from "../checkpoints/record.ts";
import type { ConfiguredStack } from "../config/schema.ts";
import type { ProbedLab, ProbeOptions } from "../drift/probe-lab.ts";
import type { CurrentStack, ObservedStack, Stack, StackSource } from "../engine/stack.ts";
import type { Target } from "../engine/target.ts";
import type { Standing } from "../graph/topology.ts";
import type { Topology } from "../graph/types.ts";
import type { Source, Written } from "../handbook/index.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { KnownImage } from "../run/bake.ts";
import type { RunOptions } from "../run/execute.ts";
import type { RunReport } from "../run/report.ts";
import type { DoctorRow } from "../setup/types.ts";
import type { Command, Connection, Result } from "../transport/types.ts";
import type { VerifyOptions } from "../verify/index.ts";
import type { CheckRecord } from "../verify/record.ts";
import type { CheckResult } from "../verify/results.ts";

/** All that commands ask of the layers below; tests put something else in its place. */
export interface LabPort extends StackSource {
  up(stack: Stack, options: RunOptions): Promise<RunReport>;
  down(stack: Stack, options: RunOptions): Promise<RunReport>;
  /** Undoes steps: those named, with all their dependents. */
  undoSteps(
    stack: CurrentStack,
    gone: ReadonlySet<string>,
    target: Omit<Target, "at">,
    options: RunOptions,
  ): Promise<RunReport>;
  /** Runs steps that are done once more, until one fails. @returns the exit code of the last one */
  redo(
    stack: ObservedStack,
    steps: readonly PlannedStep[],
    options: Pick<RunOptions, "onEvent" | "signal">,
  ): Promise<number>;
  /** Finishes a restore that was cut off. @returns whether there was one */
  finishRestore(stack: string, tell: (text: string) => void): Promise<boolean>;
  /** Oldest first; undefined where the hardware cannot go back to an earlier moment. */
  checkpoints(stack: ConfiguredStack): Promise<KnownCheckpoint[] | undefined>;
  /** Names of the checkpoints in the stack's folder, without a look at their snapshots. */
  checkpointNames(stack: string): Promise<string[]>;
  saveCheckpoint(stack: ConfiguredStack, name: string): Promise<CheckpointRecord>;
  /** @param tell is told what is being done */
  restoreCheckpoint(stack: ConfiguredStack, name: string, tell: (text: string) => void): Promise<void>;
  deleteCheckpoint(stack: ConfiguredStack, name: string): Promise<void>;
  /** Makes the images that hold a stack's packages, where they are not there. */
  bake(stack: ConfiguredStack, options: Pick<RunOptions, "onEvent" | "signal">): Promise<RunReport>;
  /** Images on this machine, of whichever stack, and whether this one would use them. */
  images(stack: ConfiguredStack): Promise<KnownImage[]>;
  removeImage(stack: ConfiguredStack, image: KnownImage): Promise<void>;
  /** Probes all nodes, and classifies the steps that are done there. */
  probe(stack: ObservedStack, options?: ProbeOptions): Promise<ProbedLab>;
  verify(stack: ObservedStack, options: VerifyOptions): Promise<CheckResult[]>;
  /** Begins to record the results of checks as a run of its own. */
  recordChecks(stack: ObservedStack): Promise<CheckRecord>;
  /** The failed checks that no other failure explains. */
  rootCauses(results: readonly CheckResult[], steps: readonly PlannedStep[]): Promise<CheckResult[]>;
  /** Writes a stack's handbook into a folder. */
  handbook(out: string, source: Source): Promise<Written>;
  /** What a lab is made of; with what stands of it, also what is there. */
  topology(stack: ConfiguredStack, standing?: Standing): Promise<Topology>;
  doctor(): Promise<DoctorRow[]>;
  /** @returns undefined when set-up has not provided an engine yet */
  engineVersion(): Promise<string | undefined>;
  exec(connection: Connection, command: Command): Promise<Result>;
  /** The public key that a host shows; nobody logs in to it. */
  hostKey(stranger: Connection): Promise<string>;
  /** A login shell at this terminal. @returns its exit code */
  shell(connection: Connection): Promise<number>;
  /** What the engine needs in its environment. */
  engineEnvironment(env: NodeJS.ProcessEnv): Promise<Record<string, string>>;
  /** Folder of a stack's logs: one folder a run, named by its time. */
  logRoot(stack: string): Promise<string>;
}
