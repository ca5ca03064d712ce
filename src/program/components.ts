import { local, remote } from "@pulumi/command";
import {
  all,
  secret as asSecret,
  ComponentResource,
  type Output,
  output,
  type Resource,
  type Unwrap,
} from "@pulumi/pulumi";
import { RUN_AGAIN, STEP_RECORD } from "../actions/environment.ts";
import { kindOf } from "../actions/index.ts";
import { downloadScript } from "../actions/packages/index.ts";
import type { StackConfig } from "../config/schema.ts";
import { tokensOf, type Values } from "../curriculum/tokens.ts";
import { factsScript } from "../hardware/facts.ts";
import type { KeyPair } from "../hardware/keys.ts";
import { remoteScript } from "../hardware/remote.ts";
import type { Node } from "../hardware/types.ts";
import type { PlannedStep } from "../plan/planned-steps.ts";
import { doScript, embeddedRecord, ingredients, undoScript } from "../plan/script.ts";
import { KEY_TOKENS } from "../plan/values.ts";

/**
 * Decides whether a step that is done runs again: a token that no earlier run used, or undefined to leave the step as it is.
 * @param name the planned step's name
 */
export type RerunToken = (name: string) => Promise<string | undefined>;

/** A node of the lab with its facts. */
export class LabNode extends ComponentResource {
  readonly node: Node;
  /** By name, found out on the node after its first boot. */
  readonly facts: Output<Values>;

  constructor(node: Node, config: StackConfig, packages: readonly string[], parent: Resource) {
    super("scratchstack:lab:Node", node.name, {}, { parent });
    this.node = node;
    const options = { parent: this, ...removedWithMachine(node) };
    const facts = new remote.Command(
      `facts@${node.name}`,
      {
        connection: node.connection,
        create: factsScript(config, node.interfaces),
        ...remoteScript(node),
        ...rerunOnReplacement(node),
      },
      options,
    );
    this.facts = facts.stdout.apply((text) => JSON.parse(text) as Values);
    if (packages.length > 0) {
      new remote.Command(
        `download@${node.name}`,
        {
          connection: node.connection,
          create: downloadScript(packages),
          ...remoteScript(node),
          ...rerunOnReplacement(node),
        },
        options,
      );
    }
    this.registerOutputs({
      name: node.name,
      roles: node.roles,
      addresses: node.addresses,
      interfaces: node.interfaces,
      connection: asSecret(node.connection),
      facts: this.facts,
    });
  }
}

/** One service of the course; its steps are its children. */
export class LabService extends ComponentResource {
  constructor(id: string, parent: Resource) {
    super("scratchstack:lab:Service", id, {}, { parent });
    this.registerOutputs({});
  }
}

/** Where the values of a step's tokens come from. */
export interface Ingredients {
  readonly known: Values;
  readonly facts: Output<Values>;
  readonly secret: (name: string) => Output<string>;
  /** The lab's own key pair. @default no step needs it */
  readonly key: KeyPair | undefined;
  /** Variables for a step that fetches something from outside. */
  readonly outside: (planned: PlannedStep) => Readonly<Record<string, Output<string>>>;
  /** Which steps run again. @default nobody probes whether steps still hold */
  readonly again: RerunToken | undefined;
}

/** Declares the resource of one step on one node. */
export function declareStep(
  planned: PlannedStep,
  node: Node,
  from: Ingredients,
  service: Resource,
  dependsOn: Resource[],
): Resource {
  const values = stepValues(planned, from);
  const undo = undoOf(planned, values);
  const { environment, ...script } = remoteScript(node);
  return new remote.Command(
    planned.name,
    {
      connection: node.connection,
      create: values.apply((known) => doScript(planned, known)),
      ...script,
      environment: { ...environment, ...from.outside(planned), ...marks(planned, values, from.again) },
      ...rerunOnReplacement(node),
      ...(undo === undefined ? {} : { delete: undo }),
    },
    { parent: service, dependsOn, ...removedWithMachine(node) },
  );
}

/** Declares the resource of one step on this machine. It is done again when a node is replaced. */
export function declareStepHere(
  planned: PlannedStep,
  nodes: readonly Node[],
  from: Ingredients,
  service: Resource,
  dependsOn: Resource[],
): Resource {
  const values = stepValues(planned, from);
  const undo = undoOf(planned, values);
  return new local.Command(
    planned.name,
    {
      create: values.apply((known) => doScript(planned, known)),
      triggers: nodes.flatMap((node) => node.machine?.id ?? []),
      environment: marks(planned, values, from.again),
      addPreviousOutputInEnv: false,
      ...(undo === undefined ? {} : { delete: undo }),
    },
    { parent: service, dependsOn },
  );
}

/** The plugin variables of a step. A change of them alone is no reason to do the step again. */
function marks(planned: PlannedStep, values: Output<Values>, again: RerunToken | undefined) {
  const record = values.apply((known) => embeddedRecord(planned, known));
  if (again === undefined) return { [STEP_RECORD]: record };
  // A step in sync has no token: the engine leaves out an undefined entry.
  return { [STEP_RECORD]: record, [RUN_AGAIN]: again(planned.name) as Promise<string> };
}

/** Only the secrets and facts that this step names: the engine hides a script that has a secret in it. */
function stepValues(planned: PlannedStep, from: Ingredients): Output<Values> {
  const tokens = tokensOf(ingredients(planned));
  const secrets = tokens.filter((token) => token.startsWith("secret:"));
  const parts: Record<string, Output<string>> = {};
  for (const token of secrets) parts[token] = from.secret(token.slice("secret:".length));
  for (const token of tokens) {
    const part = KEY_TOKENS[token];
    if (part !== undefined && from.key !== undefined) parts[token] = from.key[part];
  }
  const facts = tokens.some((token) => token.startsWith("fact:")) ? from.facts : output<Values>({});
  return all([all(parts), facts] as const).apply(([found, known]) => ({
    ...from.known,
    ...Object.fromEntries(Object.entries(known as Values).map(([name, value]) => [`fact:${name}`, value])),
    ...(found as Unwrap<Values>),
  }));
}

function undoOf(planned: PlannedStep, values: Output<Values>): Output<string> | undefined {
  const { action } = planned.step;
  if (kindOf(action).hasUndo?.(action) === false) return undefined;
  return values.apply((known) => undoScript(planned, known) ?? "true");
}

/** Does a step again on a machine that replaces the one it was done on. */
function rerunOnReplacement(node: Node): { triggers?: Output<string>[] } {
  return node.machine === undefined ? {} : { triggers: [node.machine.id] };
}

/** Removes a step together with its machine, without an undo. A changed undo alone is no reason to do the step again. */
function removedWithMachine(node: Node): { deletedWith?: Resource; ignoreChanges?: string[] } {
  return node.machine === undefined ? {} : { deletedWith: node.machine, ignoreChanges: ["delete"] };
}
