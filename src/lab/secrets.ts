import { local } from "@pulumi/command";
import { type Output, type Resource, secret } from "@pulumi/pulumi";
import { keyResource } from "../hardware/keys.ts";

const PREFIX = "secret/";

/** The key pair with which the lab's servers are logged in to. */
export const LAB_KEY = "lab";

/** The password of Keystone's administrator. */
export const ADMIN = "keystone/admin";

/** Whether a resource holds a password or the lab's own key. */
export const isSecret = (resource: string): boolean =>
  resource.startsWith(PREFIX) || resource === keyResource(LAB_KEY);

/** The name of the resource that holds a password, and back. */
const secretResource = (name: string): string => `${PREFIX}${name}`;
export const secretName = (resource: string): string | undefined =>
  resource.startsWith(PREFIX) ? resource.slice(PREFIX.length) : undefined;

/**
 * A random password of 32 hexadecimal digits, made once and kept encrypted in the state. Hexadecimal, because it ends up
 * in URLs, SQL and ini files, each with characters of its own that would need escaping.
 */
export function password(name: string, parent: Resource): Output<string> {
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
