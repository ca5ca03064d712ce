import { local } from "@pulumi/command";
import { type Output, type Resource, secret, unsecret } from "@pulumi/pulumi";
import { keyResource } from "./key-names.ts";

/** An ed25519 key pair as OpenSSH writes it. */
export interface KeyPair {
  /** Secret. */
  readonly private: Output<string>;
  /** `ssh-ed25519 AAAA…`, without a comment. Not secret. */
  readonly public: Output<string>;
}

/** Shell that makes a key pair and prints it as `{"private": …, "public": …}`; nothing of it stays on disk. */
export const KEY_SCRIPT = `set -eu
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
ssh-keygen -q -t ed25519 -N '' -C '' -f "$directory/key"
printf '{"private": "%s", "public": "%s"}\\n' \\
  "$(awk '{ printf "%s\\\\n", $0 }' "$directory/key")" "$(cut -d' ' -f1,2 "$directory/key.pub")"
`;

/** A key pair that is generated once and kept encrypted in the state. @param name e.g. `ssh-login` */
export function keyPair(name: string, parent: Resource): KeyPair {
  const command = new local.Command(
    keyResource(name),
    {
      create: KEY_SCRIPT,
      // Neither into events and logs, nor into the environment of a later command.
      logging: "none",
      addPreviousOutputInEnv: false,
    },
    {
      parent,
      additionalSecretOutputs: ["stdout", "stderr"],
      // A better script must not change the keys of a built lab.
      ignoreChanges: ["create"],
    },
  );
  const pair = command.stdout.apply((text) => JSON.parse(text) as { private: string; public: string });
  return {
    private: secret(pair.apply((keys) => keys.private)),
    public: unsecret(pair.apply((keys) => keys.public)),
  };
}
