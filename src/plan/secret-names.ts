import { keyResource } from "../hardware/key-names.ts";

const PREFIX = "secret/";

/** The key pair for logging in to the lab's servers. */
export const LAB_KEY = "lab";

/** The secret that is the password of Keystone's administrator. */
export const ADMIN = "keystone/admin";

/** Whether a resource holds a password or the lab's own key. */
export const isSecret = (resource: string): boolean =>
  resource.startsWith(PREFIX) || resource === keyResource(LAB_KEY);

/** The name of the resource that holds a password, and back. */
export const secretResource = (name: string): string => `${PREFIX}${name}`;
export const secretName = (resource: string): string | undefined =>
  resource.startsWith(PREFIX) ? resource.slice(PREFIX.length) : undefined;
