import { local } from "@pulumi/command";
import {
  ComponentResource,
  getStack,
  type Output,
  output,
  type Resource,
  runtime,
  secret,
} from "@pulumi/pulumi";
import { recordedValues } from "../config/changes.ts";
import { proxyEnvironment } from "../config/proxy.ts";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { GUEST_TOKEN, tokensOf, type Values } from "../curriculum/tokens.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { BUILT_WITH } from "../engine/built-with.ts";
import { refuseShell } from "../engine/environment.ts";
import { type KeyPair, keyPair } from "../hardware/keys.ts";
import type { Declaration } from "../hardware/kind.ts";
import { hardwareOf, plannedNodes } from "../hardware/lookup.ts";
import { unproxied } from "../hardware/no-proxy.ts";
import { parseRuntimeConfig } from "../hardware/stack-config.ts";
import type { Node } from "../hardware/types.ts";
import { inOrder } from "../plan/order.ts";
import { packagesByNode } from "../plan/packages.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { ingredients } from "../plan/script.ts";
import { ADMIN, LAB_KEY, secretResource } from "../plan/secret-names.ts";
import { KEY_TOKENS, knownValues } from "../plan/values.ts";
import type { RerunToken } from "./components.ts";
import { declareStep, declareStepHere, LabNode, LabService } from "./components.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import { withoutPromiseTraces } from "./promise-traces.ts";
import type { Scope } from "./scope.ts";

/** What a token of a password begins with. */
const SECRET = "secret:";

/** What `lab` decides. Bare `pulumi` uses the defaults. */
export interface ProgramOptions {
  /** The part that is declared. @default the whole lab */
  readonly scope?: Scope | undefined;
  /** Which steps are done again. @default none: bare `pulumi` has `--refresh` for that */
  readonly again?: RerunToken | undefined;
  /** Gets each password as soon as it is known, so that it can be masked. @default nobody */
  readonly onSecret?: (secret: string) => void;
}

/**
 * The one Pulumi program: a stack's configuration in, its resources out. `lab` and bare `pulumi` both run it.
 * @param config as `lab` has checked it. @default what the engine read from the stack file
 */
export async function program(config?: StackConfig, options: ProgramOptions = {}): Promise<Outputs> {
  const lab = await declared(config, options);
  for (const planned of lab.course) lab.declare(planned);
  return lab.outputs();
}

/**
 * The same, but each step is declared only when it may be.
 * @param may resolves when it is the turn of a step, to false to leave it out. Never resolves when nothing more is to be done: the
 * engine deletes all steps that a finished program did not declare
 */
export async function interactiveProgram(
  may: (planned: PlannedStep) => Promise<boolean>,
  config: StackConfig,
  options: ProgramOptions,
): Promise<Outputs> {
  const lab = await declared(config, options);
  for (const planned of lab.course) if (await may(planned)) lab.declare(planned);
  return lab.outputs();
}

async function declared(given: StackConfig | undefined, options: ProgramOptions): Promise<LabStack> {
  withoutPromiseTraces();
  const name = getStack();
  const config = given ?? parseRuntimeConfig(name, runtime.allConfig(), !runtime.isDryRun());
  const hardware = hardwareOf(config);
  if (given === undefined) refuseShell((await hardware.corrections?.(config)) ?? {});
  return new LabStack(name, config, await hardware.declaration(), options);
}

/** A whole lab, or a part of it: nodes, then the planned steps on them, which are declared one by one. */
export class LabStack extends ComponentResource {
  /** The steps to declare, each after those that it needs. */
  readonly course: readonly PlannedStep[];

  readonly #stack: ConfiguredStack;
  readonly #again: RerunToken | undefined;
  readonly #onSecret: ProgramOptions["onSecret"];
  readonly #nodes: readonly Node[];
  readonly #labNodes: ReadonlyMap<string, LabNode>;
  readonly #key: KeyPair | undefined;
  readonly #secrets = new Map<string, Output<string>>();
  readonly #services = new Map<string, LabService>();
  readonly #done = new Map<string, Resource>();

  /** @param hardware what declares the nodes (`HardwareKind.declaration`) */
  constructor(
    name: string,
    config: StackConfig,
    hardware: Declaration,
    { scope, again, onSecret }: ProgramOptions = {},
  ) {
    // Named after the stack, not after the lab, which changes: a part of another lab would have two parents, and the engine may then
    // write what is excluded before the parent that it has in the state (pulumi#22694).
    super("scratchstack:lab:Lab", name, {});
    // At once: a run that is interrupted must leave it too.
    this.registerOutputs({ [BUILT_WITH]: recordedValues(config, hardwareOf(config)) });
    const whole = plannedSteps(config);
    const packages = packagesByNode(config, whole);
    this.#stack = { name, config };
    this.#again = again;
    this.#onSecret = onSecret;
    this.course = inOrder(whole).filter(({ name }) => scope?.steps.has(name) ?? true);
    this.#nodes = hardware.declareNodes(name, limited(config, scope), packages, this);
    this.#labNodes = new Map(
      this.#nodes.map(
        (node) => [node.name, new LabNode(node, config, packages[node.name] ?? [], this)] as const,
      ),
    );
    this.#key = this.course.some(({ step }) => tokensOf(step.action).some((token) => token in KEY_TOKENS))
      ? keyPair(LAB_KEY, this)
      : undefined;
    // All passwords, also for a part: you find them in the handbook when you type the rest by hand, and `up` then changes nothing.
    const secrets = whole.flatMap((planned) => tokensOf(ingredients(planned)));
    for (const token of secrets) {
      if (token.startsWith(SECRET)) this.#secret(token.slice(SECRET.length));
    }
  }

  /** Declares a step. Its dependencies must be declared before. */
  declare(planned: PlannedStep): void {
    const service = this.#services.get(planned.service) ?? new LabService(planned.service, this);
    this.#services.set(planned.service, service);
    const before = planned.after.flatMap((name) => this.#done.get(name) ?? []);
    // From the configuration: values about all nodes must not depend on how many of them exist already.
    const known = knownValues(this.#stack, plannedNodes(this.#stack.config), planned.node);
    const from = {
      known,
      facts: output<Values>({}),
      secret: this.#secret,
      key: this.#key,
      outside: this.#outside,
      again: this.#again,
    };
    if (planned.node === THIS_MACHINE) {
      this.#done.set(planned.name, declareStepHere(planned, this.#nodes, from, service, before));
      return;
    }
    const labNode = this.#labNodes.get(planned.node);
    if (labNode === undefined) throw new Error(`hardware: no node ${planned.node}`);
    if (tokensOf(planned.step.action).includes(GUEST_TOKEN) && labNode.node.guest)
      before.push(labNode.node.guest);
    const own = { ...from, facts: labNode.facts };
    this.#done.set(planned.name, declareStep(planned, labNode.node, own, service, before));
  }

  /** Call this once, when all steps are declared. */
  outputs(): Outputs {
    return outputsOf(this.#stack.config, this.#nodes, this.#secrets.get(ADMIN));
  }

  /** Only a guest image that is downloaded comes from outside. */
  readonly #outside = (planned: PlannedStep): Record<string, Output<string>> => {
    const { config } = this.#stack;
    const fetches =
      config.settings.guest.image === "cirros" && tokensOf(planned.step.action).includes("setting:guest_url");
    const variables = fetches ? proxyEnvironment(config, unproxied(config, plannedNodes(config))) : {};
    return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, secret(value)]));
  };

  readonly #secret = (name: string): Output<string> => {
    const found = this.#secrets.get(name);
    if (found !== undefined) return found;
    const made = password(name, this);
    this.#secrets.set(name, made);
    if (this.#onSecret !== undefined) made.apply(this.#onSecret);
    return made;
  };
}

/** The configuration with only the nodes that are declared. */
function limited(config: StackConfig, scope: Scope | undefined): StackConfig {
  if (scope === undefined) return config;
  const nodes = Object.entries(config.nodes).filter(([name]) => scope.nodes.has(name));
  return { ...config, nodes: Object.fromEntries(nodes) };
}

/**
 * A random password of 32 hexadecimal digits, made once and kept encrypted in the state. Other characters would need escaping: it
 * is used in URLs, SQL and ini files.
 */
function password(name: string, parent: Resource): Output<string> {
  const command = new local.Command(
    secretResource(name),
    {
      create: "od -An -N16 -tx1 /dev/urandom | tr -d ' \\n'",
      // Streamed output would reach events and logs.
      logging: "none",
    },
    { parent, additionalSecretOutputs: ["stdout"] },
  );
  return secret(command.stdout);
}
