import type { ServerHostKeyAlgorithm } from "ssh2";
import { UserError } from "../config/errors.ts";
import type { Connection } from "./types.ts";

/** The only key that a host may show, and the algorithms for it. */
export interface HostKey {
  readonly algorithms: ServerHostKeyAlgorithm[];
  matches(key: Buffer): boolean;
}

/** A server with keys of several types shows the expected one when only these are offered. SHA-1 signatures are not accepted. */
const ALGORITHMS: Readonly<Record<string, ServerHostKeyAlgorithm[]>> = {
  "ssh-ed25519": ["ssh-ed25519"],
  "ecdsa-sha2-nistp256": ["ecdsa-sha2-nistp256"],
  "ecdsa-sha2-nistp384": ["ecdsa-sha2-nistp384"],
  "ecdsa-sha2-nistp521": ["ecdsa-sha2-nistp521"],
  "ssh-rsa": ["rsa-sha2-512", "rsa-sha2-256"],
};

/** @throws UserError for a connection without a host key: no host is trusted on first use */
export function hostKey(connection: Pick<Connection, "host" | "hostKey">): HostKey {
  const [type = "", base64 = ""] = (connection.hostKey ?? "").trim().split(/\s+/);
  if (type === "") {
    throw new UserError(
      `connection to ${connection.host}: hostKey is missing, and no host is trusted on first use; ` +
        "give its public host key (`ssh-ed25519 AAAA…`, on the host in /etc/ssh/ssh_host_ed25519_key.pub)",
    );
  }
  const algorithms = ALGORITHMS[type];
  const expected = Buffer.from(base64, "base64");
  if (algorithms === undefined || expected.length === 0) {
    const known = Object.keys(ALGORITHMS).join(", ");
    throw new UserError(
      `connection to ${connection.host}: hostKey ${JSON.stringify(`${type} …`)} is not \`type base64\` with a type of ${known}`,
    );
  }
  return { algorithms, matches: (key) => expected.equals(key) };
}

/** Every algorithm for host keys, the best first. */
export const PREFERRED: readonly ServerHostKeyAlgorithm[] = Object.values(ALGORITHMS).flat();

/** The type of a public key in wire format, which begins with the length and the name of the type. */
export const keyType = (key: Buffer): string => key.toString("latin1", 4, 4 + key.readUInt32BE(0));
