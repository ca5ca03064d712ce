import { ComponentResource, type Output, output, type Resource } from "@pulumi/pulumi";
import type { ConfiguredStack, StackConfig } from "../config/schema.ts";
import { GUEST_TOKEN, tokensOf, type Values } from "../curriculum/tokens.ts";
import { THIS_MACHINE } from "../curriculum/types.ts";
import { type KeyPair, keyPair } from "../hardware/keys.ts";
import type { Declaration } from "../hardware/kind.ts";
import { plannedNodes } from "../hardware/lookup.ts";
import type { Node } from "../hardware/types.ts";
import { inOrder } from "../plan/order.ts";
import { packagesByNode } from "../plan/packages.ts";
import { type PlannedStep, plannedSteps } from "../plan/planned-steps.ts";
import { ingredients } from "../plan/script.ts";
import { ADMIN, LAB_KEY } from "../plan/secret-names.ts";
import { KEY_TOKENS, knownValues } from "../plan/values.ts";
import type { RerunToken } from "./components.ts";
import { declareStep, declareStepHere, LabNode, LabService } from "./components.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import type { Scope } from "./scope.ts";
import { password } from "./secrets.ts";

/** What a token of a password begins with. */
const SECRET = "secret:";

export type OnSecret = (secret: string) => void;

/** A whole lab, or a part of it: nodes, then the course on them, which is declared step by step. */
export class LabStack extends ComponentResource {
  /** The steps to declare, each after those that it needs. */
  readonly course: readonly PlannedStep[];

  readonly #stack: ConfiguredStack;
  readonly #again: RerunToken | undefined;
  readonly #onSecret: OnSecret | undefined;
  readonly #nodes: readonly Node[];
  readonly #labNodes: ReadonlyMap<string, LabNode>;
  readonly #key: KeyPair | undefined;
  readonly #secrets = new Map<string, Output<string>>();
  readonly #services = new Map<string, LabService>();
  readonly #done = new Map<string, Resource>();

  /**
   * @param hardware what declares the nodes (`HardwareKind.declaration`)
   * @param scope the part that is declared. @default all
   * @param again which steps are to be done again. @default none
   * @param onSecret gets each password as soon as it is known. @default nobody
   */
  constructor(
    name: string,
    config: StackConfig,
    hardware: Declaration,
    scope?: Scope,
    again?: RerunToken,
    onSecret?: OnSecret,
  ) {
    // Named after the stack, which stays, not after the lab, which goes on: a part of another lab would have two parents, and the
    // engine may then write what is excluded before the parent that it has in the state (pulumi#22694).
    super("scratchstack:lab:Lab", name, {});
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
    // Also of a part: whoever types the rest by hand finds the passwords in the handbook, and `up` then nothing to change.
    const secrets = whole.flatMap((planned) => tokensOf(ingredients(planned)));
    for (const token of secrets) {
      if (token.startsWith(SECRET)) this.#secret(token.slice(SECRET.length));
    }
  }

  /** Declares a step. Those that it needs come before it. */
  declare(planned: PlannedStep): void {
    const service = this.#services.get(planned.service) ?? new LabService(planned.service, this);
    this.#services.set(planned.service, service);
    const before = planned.after.flatMap((name) => this.#done.get(name) ?? []);
    // As the configuration tells the nodes: what a step says of all of them does not depend on how many stand already.
    const known = knownValues(this.#stack, plannedNodes(this.#stack.config), planned.node);
    const from = {
      known,
      facts: output<Values>({}),
      secret: this.#secret,
      key: this.#key,
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

  /** To be called once, when all steps are declared. */
  outputs(): Outputs {
    this.registerOutputs({});
    return outputsOf(this.#stack.config, this.#nodes, this.#secrets.get(ADMIN));
  }

  readonly #secret = (name: string): Output<string> => {
    const found = this.#secrets.get(name);
    if (found !== undefined) return found;
    const made = password(name, this);
    this.#secrets.set(name, made);
    if (this.#onSecret !== undefined) made.apply(this.#onSecret);
    return made;
  };
}

/** The configuration with those nodes alone that are declared. */
function limited(config: StackConfig, scope: Scope | undefined): StackConfig {
  if (scope === undefined) return config;
  const nodes = Object.entries(config.nodes).filter(([name]) => scope.nodes.has(name));
  return { ...config, nodes: Object.fromEntries(nodes) };
}
