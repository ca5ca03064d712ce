import type { HardwareKind, NodeResource } from "./kind.ts";
import { KINDS } from "./kinds.ts";

const PREFIX = "hardware/";

/** A resource of the hardware, for people. */
export interface HardwareResource {
  /** What making it is called. */
  readonly title: string;
  /** Absent where it belongs to no node alone. */
  readonly node?: string;
  /** Names of the resources that it may wait for. */
  readonly after: readonly string[];
}

/**
 * What the name of a resource tells. A stack may be taken down without its configuration, so the name is looked up in all kinds.
 * @returns undefined where it is not one of the hardware
 */
export function hardwareResource(name: string): HardwareResource | undefined {
  if (!name.startsWith(PREFIX)) return undefined;
  const rest = name.slice(PREFIX.length);
  const found = [...OWN, ...GUEST].filter(({ part }) => rest.startsWith(`${part}-`));
  const standard = `Make ${rest.replaceAll("-", " ")}`;
  const [first] = found;
  if (first === undefined) return { title: standard, after: [] };
  const node = rest.slice(first.part.length + 1);
  const title = found.find((one) => one.title !== undefined)?.title?.(node) ?? standard;
  return { title, node, after: [...new Set(found.flatMap(({ after }) => after?.(node) ?? []))] };
}

/** Names of the resources that may be a node itself: each kind of hardware has its own. */
export const nodeResources = (node: string): string[] => {
  const parts = OWN.flatMap(({ part, isNode }) => (isNode ? [part] : []));
  return [...new Set(parts)].map((part) => `${PREFIX}${part}-${node}`);
};

const OWN: readonly NodeResource[] = Object.values<HardwareKind>(KINDS).flatMap(({ resources }) => resources);

/** What brings the guest's files to a node, on whichever kind of hardware (`guest/upload.ts`). */
const GUEST: readonly NodeResource[] = ["guest-folder", "guest-files"].map((part) => ({
  part,
  title: () => "Bring the guest's files to its node",
  after: nodeResources,
}));
