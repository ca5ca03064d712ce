import { createHash } from "node:crypto";
import { stateId } from "../state-mark.ts";

/** Name of a resource of a stack in the cloud: the stack's name, then the part. */
export const cloudName = (stack: string, ...parts: readonly string[]): string => [stack, ...parts].join("-");

/** Name of the key pair. Key pairs belong to a user, not to a project, so it names this program too. */
export const keyName = (stack: string): string => `scratchstack-${stack}`;

/** Key of the owner mark in the metadata of servers and volumes. */
export const OWNER_KEY = "scratchstack";

/**
 * The owner mark in the description (or metadata) of everything that a stack has in a cloud. Two people may use the same stack name
 * in one project, so the mark contains a hash of the stack's login key too.
 * @param loginKey public, `ssh-ed25519 AAAA…`
 */
export function ownerMark(stack: string, loginKey: string): string {
  return `scratchstack stack ${stack} (${stateId(loginKey)})`;
}

/**
 * Hardware address of a node in a network, with the prefix that Neutron uses. It is chosen here, so that the interfaces of a node
 * can be identified before it exists, whatever names its kernel gives them.
 */
export function hardwareAddress(cidr: string, node: string): string {
  const hash = createHash("sha256").update(`${cidr}/${node}`).digest("hex");
  return `fa:16:3e:${hash.slice(0, 2)}:${hash.slice(2, 4)}:${hash.slice(4, 6)}`;
}

/** Whether a text is the id of an image, network or flavor; otherwise it is a name. */
export const isId = (text: string): boolean =>
  /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i.test(text);
