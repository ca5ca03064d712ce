import { UserError } from "../config/errors.ts";
import { LAB } from "../config/paths.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { readStackFile, readStackFileAs } from "../hardware/stack-config.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import type { Observed } from "./observed.ts";
import { type Target, targetSteps } from "./target.ts";

/** Where a stack's state, target and planned steps are read. `lab` loads the engine for it when something is read first. */
export interface StackSource {
  /**
   * Reads the state of a stack, secrets in plain text: for use in memory only.
   * @param even also when a restore was interrupted, so that nodes and state do not match
   * @throws UserError when the backend does not give the state out, and when a restore was interrupted
   */
  observe(stack: string, even?: "interrupted restore"): Promise<Observed>;
  /** @returns undefined when the target is the whole lab */
  target(stack: string): Promise<Target | undefined>;
  /** The planned steps of a lab, in course order. */
  plannedSteps(config: StackConfig): Promise<PlannedStep[]>;
}

/** The state of a stack that does not exist. */
export const NOTHING: Observed = {
  exists: false,
  nodes: [],
  done: [],
  secrets: {},
  key: undefined,
  resources: [],
  deployed: [],
};

/** A configuration, and the state that it is compared with. */
export interface ObservedStack extends ConfiguredStack {
  readonly state: Observed;
}

/**
 * A stack: its name, what its file says, and what the engine has recorded of it. File and state are read when they are first
 * needed, and once.
 */
export class Stack implements ConfiguredStack {
  readonly name: string;
  /** Folder of the stack files. */
  readonly folder: string;
  readonly #source: StackSource;
  readonly #lab: string | undefined;
  #config: StackConfig | undefined;
  #state: Promise<Observed> | undefined;

  /** @param lab in place of the one in the stack file. @default the file's */
  constructor(name: string, folder: string, source: StackSource, lab?: string) {
    this.name = name;
    this.folder = folder;
    this.#source = source;
    this.#lab = lab;
  }

  /**
   * What the stack file says, with every default filled in.
   * @throws UserError (exit code 2) with file and line of everything that is wrong in it
   */
  get config(): StackConfig {
    this.#config ??= this.#read();
    return this.#config;
  }

  /**
   * Reserves the networks of the stack on this machine until the stack is taken down. Its configuration has them from then on. Call
   * this before it is built.
   */
  reserve(): void {
    this.#config = this.#read(true);
  }

  #read(reserve: boolean = false): StackConfig {
    return this.#lab === undefined
      ? readStackFile(this.name, this.folder, reserve)
      : readStackFileAs(this.name, this.folder, this.#lab, reserve);
  }

  /** The configuration; undefined when something is wrong in the stack file. */
  get validConfig(): StackConfig | undefined {
    try {
      return this.config;
    } catch (error) {
      if (error instanceof UserError) return undefined;
      throw error;
    }
  }

  /** The state, read once. @param even see `StackSource.observe` */
  state(even?: "interrupted restore"): Promise<Observed> {
    this.#state ??= this.#source.observe(this.name, even);
    return this.#state;
  }

  /** The state as it is now: what was read before is forgotten. */
  stateNow(): Promise<Observed> {
    this.#state = undefined;
    return this.state();
  }

  target(): Promise<Target | undefined> {
    return this.#source.target(this.name);
  }

  /** The planned steps of the whole lab in the stack file, in course order. */
  plannedSteps(): Promise<PlannedStep[]> {
    return this.#source.plannedSteps(this.config);
  }

  /** The stack as it was last built: a target may keep it at a lab before the one in its file. */
  async current(): Promise<CurrentStack> {
    const state = await this.state();
    const config = this.configFor(state.target);
    return new CurrentStack(this.name, config, state, await this.#source.plannedSteps(config));
  }

  /** The same. @throws UserError (exit code 1) when the stack is not built */
  async built(): Promise<CurrentStack> {
    const { exists } = await this.state();
    if (exists) return this.current();
    throw new UserError(`${this.name} is not built yet: ${LAB} up builds it.`, 1);
  }

  /** The configuration at the lab of a target. */
  configFor(target: Target | undefined): StackConfig {
    return target === undefined || target.lab === this.config.lab ? this.config : this.#configAt(target.lab);
  }

  #configAt(lab: string): StackConfig {
    return readStackFileAs(this.name, this.folder, lab);
  }
}

/** A stack as it was last built: its state, and the configuration, planned steps and target that belong to this state. */
export class CurrentStack implements ObservedStack {
  readonly name: string;
  /** At the lab that the stack is at. */
  readonly config: StackConfig;
  readonly state: Observed;
  /** Of the whole lab, in course order. */
  readonly steps: readonly PlannedStep[];
  /** Names of the planned steps that are done. */
  readonly done: ReadonlySet<string>;
  /** Names of the planned steps that must be done for the stack to be at its target. */
  readonly wanted: ReadonlySet<string>;

  constructor(name: string, config: StackConfig, state: Observed, steps: readonly PlannedStep[]) {
    this.name = name;
    this.config = config;
    this.state = state;
    this.steps = steps;
    this.done = new Set(state.done.map((step) => step.name));
    this.wanted = targetSteps(state.target, steps, this.done);
  }

  /** How many steps of the lab are beyond the target: they are not done yet, on purpose. */
  get later(): number {
    return this.steps.filter(({ name }) => !this.wanted.has(name)).length;
  }
}
