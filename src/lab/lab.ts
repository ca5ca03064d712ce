import { ComponentResource, type Output, output, type Resource } from "@pulumi/pulumi";
import type { StackConfig } from "../config/schema.ts";
import { GUEST_TOKEN, tokensOf, type Values } from "../curriculum/tokens.ts";
import { HERE } from "../curriculum/types.ts";
import { hardwareOf } from "../hardware/index.ts";
import { keyPair } from "../hardware/keys.ts";
import { declareStep, declareStepHere, LabNode, LabService } from "./components.ts";
import { instances } from "./instances.ts";
import type { Again } from "./mending.ts";
import { inOrder } from "./order.ts";
import { type Outputs, outputsOf } from "./outputs.ts";
import { packagesByNode } from "./packages.ts";
import { ADMIN, LAB_KEY, password } from "./secrets.ts";
import { KEY_TOKENS, knownValues } from "./values.ts";

/** A whole lab: nodes, then the course on them. */
export class LabStack extends ComponentResource {
  readonly outputs: Outputs;

  constructor(stack: string, config: StackConfig, again?: Again) {
    super("scratchstack:lab:Lab", config.lab, {});
    const course = instances(config);
    const packages = packagesByNode(config, course);
    const nodes = hardwareOf(config).nodes(stack, config, packages, this);
    const labNodes = new Map(
      nodes.map((node) => [node.name, new LabNode(node, config, packages[node.name] ?? [], this)] as const),
    );
    const secrets = new Map<string, Output<string>>();
    const secret = (name: string): Output<string> => {
      const found = secrets.get(name) ?? password(name, this);
      secrets.set(name, found);
      return found;
    };
    const key = course.some(({ step }) => tokensOf(step.action).some((token) => token in KEY_TOKENS))
      ? keyPair(LAB_KEY, this)
      : undefined;
    const services = new Map<string, LabService>();
    const done = new Map<string, Resource>();
    for (const instance of inOrder(course)) {
      const service = services.get(instance.service) ?? new LabService(instance.service, this);
      services.set(instance.service, service);
      const before = instance.after.flatMap((name) => done.get(name) ?? []);
      const known = knownValues(stack, config, nodes, instance.node);
      if (instance.node === HERE) {
        const from = { known, facts: output<Values>({}), secret, key, again };
        done.set(instance.name, declareStepHere(instance, nodes, from, service, before));
        continue;
      }
      const labNode = labNodes.get(instance.node);
      if (labNode === undefined) throw new Error(`hardware: no node ${instance.node}`);
      if (tokensOf(instance.step.action).includes(GUEST_TOKEN) && labNode.node.guest)
        before.push(labNode.node.guest);
      const from = { known, facts: labNode.facts, secret, key, again };
      done.set(instance.name, declareStep(instance, labNode.node, from, service, before));
    }
    this.outputs = outputsOf(config, nodes, secrets.get(ADMIN));
    this.registerOutputs({});
  }
}
