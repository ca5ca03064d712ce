import type { KnownCheckpoint } from "../checkpoints/index.ts";
import type { CheckpointRecord } from "../checkpoints/record.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import type { ProbedLab, ProbeOptions } from "../drift/probe-lab.ts";
import type { Observed } from "../engine/observed.ts";
import type { CurrentStack, ObservedStack, Stack, StackSource } from "../engine/stack.ts";
import type { Target } from "../engine/target.ts";
import type { Foreign } from "../hardware/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { KnownImage } from "../run/bake.ts";
import type { DownOptions } from "../run/down.ts";
import type { RunOptions } from "../run/execute.ts";
import type { Preview, PreviewOptions } from "../run/preview.ts";
import type { RunReport } from "../run/report.ts";
import type { DoctorRow } from "../setup/types.ts";
import type { Command, Connection, Result } from "../transport/types.ts";
import type { VerifyOptions } from "../verify/index.ts";
import type { CheckRecord } from "../verify/record.ts";
import type { CheckResult } from "../verify/results.ts";

/** All that commands use of the layers below, by area. Tests put something else in its place. */
export interface LabPort {
  readonly stacks: StacksPort;
  readonly run: RunPort;
  readonly checkpoints: CheckpointsPort;
  readonly images: ImagesPort;
  readonly readings: ReadingsPort;
  readonly nodes: NodesPort;
  readonly machine: MachinePort;
}

export interface StacksPort extends StackSource {
  /** Whether a stack has anything to take down. Cheaper than reading its state. */
  isBuilt(stack: string): Promise<boolean>;
  /**
   * Waits for the engine of a run that was killed to end: the state changes until then.
   * @throws UserError when another process works on the stack
   */
  awaitEngine(stack: string): Promise<void>;
  /** The folder of a stack's logs: one folder for each run, named by its time. */
  logs(stack: string): Promise<string>;
}

export interface RunPort {
  up(stack: Stack, options: RunOptions): Promise<RunReport>;
  /** Finds out what `up` would do; changes nothing. */
  preview(stack: Stack, options: PreviewOptions): Promise<Preview>;
  down(stack: Stack, options: DownOptions): Promise<RunReport>;
  /** What another state made on the hardware under the stack's name. Reads only. */
  othersOf(stack: Stack, state: Observed): Promise<readonly Foreign[]>;
  /**
   * Undoes steps one by one.
   * @param gone names of the planned steps, with all their dependents
   * @param target of the stack from then on
   */
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
}

export interface CheckpointsPort {
  /** Oldest first. @returns undefined when the hardware kind has no checkpoints */
  list(stack: ConfiguredStack): Promise<KnownCheckpoint[] | undefined>;
  /** Names of the checkpoints in the stack's folder, whether or not their snapshots exist. */
  names(stack: string): Promise<string[]>;
  save(stack: ConfiguredStack, name: string): Promise<CheckpointRecord>;
  /** @param tell is told what is being done */
  restore(stack: ConfiguredStack, name: string, tell: (text: string) => void): Promise<void>;
  delete(stack: ConfiguredStack, name: string): Promise<void>;
  /** Finishes an interrupted restore. @returns whether there was one */
  finishRestore(stack: string, tell: (text: string) => void): Promise<boolean>;
}

export interface ImagesPort {
  /** Makes the baked images of a stack that do not exist yet. */
  bake(stack: ConfiguredStack, options: Pick<RunOptions, "onEvent" | "signal">): Promise<RunReport>;
  /** All node images on this machine, and whether this stack would use them. */
  list(stack: ConfiguredStack): Promise<KnownImage[]>;
  remove(stack: ConfiguredStack, image: KnownImage): Promise<void>;
}

export interface ReadingsPort {
  /** Probes all nodes and classifies the steps that are done there. */
  probe(stack: ObservedStack, options?: ProbeOptions): Promise<ProbedLab>;
  verify(stack: ObservedStack, options: VerifyOptions): Promise<CheckResult[]>;
  /** What of this machine may keep a built lab from working, in words. */
  obstacles(stack: ConfiguredStack): Promise<readonly string[]>;
  /** Begins to record the results of checks as a run of its own. */
  recordChecks(stack: ObservedStack): Promise<CheckRecord>;
  /** The failed checks that no other failure explains. */
  rootCauses(results: readonly CheckResult[], steps: readonly PlannedStep[]): Promise<CheckResult[]>;
}

export interface NodesPort {
  exec(connection: Connection, command: Command): Promise<Result>;
  /** A login shell at this terminal. @returns its exit code */
  shell(connection: Connection): Promise<number>;
  /** What people must know of a stack's nodes and `up` leaves as it is, in lines for people. */
  remarks(stack: string, config: StackConfig): Promise<string[]>;
  /** The public key that a host shows. Nobody logs in to it. */
  hostKey(host: Connection): Promise<string>;
}

export interface MachinePort {
  doctor(): Promise<DoctorRow[]>;
  /** @returns undefined when set-up has not provided an engine yet */
  engineVersion(): Promise<string | undefined>;
  /** What the engine needs in its environment. */
  engineEnvironment(env: NodeJS.ProcessEnv): Promise<Record<string, string>>;
}
