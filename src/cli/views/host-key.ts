import { createHash } from "node:crypto";
import type { Invocation } from "../command.ts";
import { show } from "./show.ts";

/** A key that a host shows. */
interface ShownKey {
  readonly stack: string;
  /** Where the host is in the stack file. */
  readonly where: string;
  readonly host: string;
  readonly port: number;
  /** `ssh-ed25519 AAAA…` */
  readonly key: string;
  /** The key in the stack file; null when there is none. */
  readonly known: string | null;
}

export function hostKeyView(
  invocation: Invocation,
  { stack, where, host, port, key, known }: ShownKey,
): void {
  const state = known === null ? "new" : known === key ? "known" : "changed";
  const print = fingerprint(key);
  const words = {
    new: "",
    known: "  (as in the file)",
    changed: known === null ? "" : `  CHANGED: the file has ${fingerprint(known)}. Is it still your host?`,
  };
  show(
    invocation,
    () => [`${where}  ${host}:${port}  ${key.split(" ")[0]}  ${print}${words[state]}`],
    () => [{ type: "host-key", stack, where, host, key, fingerprint: print, state }],
  );
}

/** As OpenSSH shows it. */
const fingerprint = (key: string): string =>
  `SHA256:${createHash("sha256")
    .update(Buffer.from(key.split(" ")[1] ?? "", "base64"))
    .digest("base64")
    .replace(/=+$/, "")}`;
