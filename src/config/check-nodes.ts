import { THIS_MACHINE } from "../curriculum/types.ts";
import type { LabRoles } from "./labs.ts";
import { bytes, leastMemory } from "./memory.ts";
import { nearest } from "./nearest.ts";
import { notOneOf, type Path, type Problem, show } from "./problems.ts";
import type { StackConfig } from "./schema.ts";

/** Valid for Incus and DNS. With a stack's name before it, it has at most 63 characters. */
export const NODE_NAME = /^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$/;

/** Checks that the lab exists, and that its roles have nodes. */
export function checkLab(config: StackConfig, labs: LabRoles): Problem[] {
  const needed = labs[config.lab];
  if (needed === undefined) return [notOneOf(["lab"], config.lab, Object.keys(labs))];
  const roles = new Set(Object.values(config.nodes).flatMap((node) => node.roles));
  return needed
    .filter((role) => !roles.has(role))
    .map((role) => ({
      path: ["nodes"],
      found: `no node with the role ${role}`,
      expected: `the roles ${needed.join(", ")}, which ${config.lab} needs; add \`${role}: {roles: [${role}]}\``,
      about: [["lab"], ["nodes", "*", "roles"]],
    }));
}

/** Checks names, roles, numbers and memory of the nodes. */
export function checkNodes(config: StackConfig): Problem[] {
  const nodes = Object.entries(config.nodes);
  const names = nodes.flatMap(([name]) => checkName(name));
  return [...names, ...nodes.flatMap(([name, node], index) => checkNode(name, node, nodes.slice(0, index)))];
}

function checkName(name: string): Problem[] {
  const wrong = { path: ["nodes", name], found: show(name) };
  if (name === THIS_MACHINE)
    return [{ ...wrong, expected: "another name: here is the machine that runs lab" }];
  if (NODE_NAME.test(name)) return [];
  const expected = "a DNS label: lower-case letters, digits and hyphens, starting with a letter, at most 30";
  return [{ ...wrong, expected, nearest: suggestion(name) }];
}

type Named = [string, StackConfig["nodes"][string]];

function checkNode(name: string, node: Named[1], above: readonly Named[]): Problem[] {
  const at = (key: string): Path => ["nodes", name, key];
  const problems: Problem[] = [];
  if (node.roles.length === 0) {
    problems.push({ path: at("roles"), found: "nothing", expected: "a list of roles, e.g. [compute]" });
  }
  const twin = above.find(([, other]) => other.number === node.number);
  if (twin !== undefined) {
    const expected = `a number of its own: ${twin[0]} has it`;
    problems.push({
      path: at("number"),
      found: show(node.number),
      expected,
      about: [["nodes", twin[0], "number"]],
    });
  }
  const least = leastMemory(node.roles);
  if (bytes(node.memory) < bytes(least)) {
    const expected = `at least ${least} for ${node.roles.join(", ")}`;
    problems.push({ path: at("memory"), found: show(node.memory), expected, about: [at("roles")] });
  }
  return problems;
}

/** The name without what is not allowed. */
function suggestion(name: string): string | undefined {
  const tidy = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "")
    .slice(0, 30);
  return NODE_NAME.test(tidy) ? nearest(name, [tidy]) : undefined;
}
