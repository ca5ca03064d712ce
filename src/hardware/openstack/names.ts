import { createHash } from "node:crypto";

/** What a thing of a stack is called in the cloud: the stack's name, then the part. */
export const cloudName = (stack: string, ...parts: readonly string[]): string => [stack, ...parts].join("-");

/** The key pair's: key pairs belong to a user, not to a project, so the stack's name alone would say too little there. */
export const keyName = (stack: string): string => `scratchstack-${stack}`;

/** Key in the metadata of servers and volumes under which the owner's mark stands. */
export const OWNER_KEY = "scratchstack";

/**
 * What stands in the description (or metadata) of everything a stack has in a cloud. Two people may call their stacks the
 * same in one project, so it names the stack's own login key too: what bears our names without it is somebody else's.
 * @param loginKey public, `ssh-ed25519 AAAA…`
 */
export function ownerMark(stack: string, loginKey: string): string {
  const print = createHash("sha256").update(loginKey).digest("hex").slice(0, 12);
  return `scratchstack stack ${stack} (${print})`;
}

/**
 * Hardware address of a node in a network, under the prefix that Neutron uses. Chosen here, so that a node's cards can be
 * told apart before it exists, whatever its kernel will call them.
 */
export function hardwareAddress(cidr: string, node: string): string {
  const hash = createHash("sha256").update(`${cidr}/${node}`).digest("hex");
  return `fa:16:3e:${hash.slice(0, 2)}:${hash.slice(2, 4)}:${hash.slice(4, 6)}`;
}

/** Ids of images and networks; whatever else is a name. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text);
