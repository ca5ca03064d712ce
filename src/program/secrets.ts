import { local } from "@pulumi/command";
import { type Output, type Resource, secret } from "@pulumi/pulumi";
import { secretResource } from "../plan/secret-names.ts";

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
