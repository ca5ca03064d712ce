import { type Problem, show } from "./problems.ts";
import type { HardwareKind, StackInput } from "./schema.ts";

/** Keys of nodes that only some kinds of hardware heed, and what is to be said in their place. */
const ELSEWHERE: Partial<Readonly<Record<HardwareKind, string>>> = {
  hosts: "a host has what it has, and is asked before anything is changed",
  openstack: "a server has what its flavor has: see hardware.flavors",
};

/** Keys that would do nothing on this kind of hardware. @param input as it was given, before any default */
export function checkKind({ hardware, nodes = {}, checkpoints }: StackInput): Problem[] {
  const instead = ELSEWHERE[hardware.kind];
  if (instead === undefined) return [];
  const kept = checkpoints === undefined || checkpoints === "none";
  const expected = `none on hardware of kind ${hardware.kind}: its nodes cannot be put back to an earlier moment`;
  const snapshots = kept ? [] : [{ path: ["checkpoints"], found: show(checkpoints), expected }];
  const own = Object.entries(nodes).flatMap(([name, node]) =>
    (["memory", "cpus"] as const)
      .filter((key) => (node[key] ?? null) !== null)
      .map((key) => ({
        path: ["nodes", name, key],
        found: show(node[key]),
        expected: `no ${key} on hardware of kind ${hardware.kind}: ${instead}`,
      })),
  );
  return [...snapshots, ...own];
}
