import type { StackConfig } from "../config/schema.ts";
import type { Standing } from "../graph/topology.ts";
import type { Topology } from "../graph/types.ts";
import type {
  KnownImage,
  Looked,
  LookOptions,
  Observed,
  RunOptions,
  RunReport,
  StepInstance,
} from "../lab/index.ts";
import type { DoctorRow } from "../setup/types.ts";
import type { Command, Connection, Result } from "../transport/types.ts";
import type { CheckResult, VerifyOptions } from "../verify/index.ts";

/** All that commands ask of the layers below; tests put something else in its place. */
export interface LabPort {
  up(stack: string, config: StackConfig, options: RunOptions): Promise<RunReport>;
  down(stack: string, config: StackConfig | undefined, options: RunOptions): Promise<RunReport>;
  /** Makes the images that hold a stack's packages, where they are not there. */
  bake(
    stack: string,
    config: StackConfig,
    options: Pick<RunOptions, "onEvent" | "signal">,
  ): Promise<RunReport>;
  /** Images on this machine, of whichever stack, and whether this one would use them. */
  images(config: StackConfig): Promise<KnownImage[]>;
  removeImage(config: StackConfig, image: KnownImage): Promise<void>;
  observe(stack: string): Promise<Observed>;
  /** Looks at all nodes whether what was done there still holds. */
  look(config: StackConfig, observed: Observed, options?: LookOptions): Promise<Looked>;
  /** The course of a lab on its nodes, in course order. */
  instances(config: StackConfig): Promise<StepInstance[]>;
  verify(config: StackConfig, observed: Observed, options: VerifyOptions): Promise<CheckResult[]>;
  /** Of what failed, what no other failure explains. */
  culprits(results: readonly CheckResult[], config: StackConfig): Promise<CheckResult[]>;
  /** What a lab is made of; with what stands of it, also what is there. */
  topology(stack: string, config: StackConfig, standing?: Standing): Promise<Topology>;
  doctor(): Promise<DoctorRow[]>;
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
