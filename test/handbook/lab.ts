import { LABS } from "../../src/curriculum/labs.ts";
import { tokensOf } from "../../src/curriculum/tokens.ts";
import type { Observed } from "../../src/engine/observed.ts";
import { NOTHING } from "../../src/engine/stack.ts";
import { material } from "../../src/handbook/material.ts";
import { site } from "../../src/handbook/site.ts";
import type { Source } from "../../src/handbook/types.ts";
import { plannedNodes } from "../../src/hardware/lookup.ts";
import { parseStackFile } from "../../src/hardware/stack-config.ts";
import { plannedSteps } from "../../src/plan/planned-steps.ts";

const CONFIG = (lab: string) =>
  parseStackFile("book", "stacks/Pulumi.book.yaml", `config:\n  scratchstack:lab: ${lab}\n`);

const FACTS = {
  virt_type: "qemu",
  datapath: "netdev",
  datapath_type: "netdev",
  userspace: "true",
  tunnel_interface: "eth1",
  provider_interface: "eth2",
  tunnel_device: "br-vtep",
};

/** Every secret of a built lab, each with a different value. */
export const SECRETS: Readonly<Record<string, string>> = Object.fromEntries(
  tokensOf(LABS)
    .filter((token) => token.startsWith("secret:"))
    .map((token, index) => [token.slice("secret:".length), `5ec2e7${String(index).padStart(26, "0")}`]),
);
export const PRIVATE_KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nc2VjcmV0\n-----END OPENSSH PRIVATE KEY-----";

/** A built lab with all steps done. */
function builtLab(lab: string): Observed {
  const config = CONFIG(lab);
  return {
    ...NOTHING,
    exists: true,
    secrets: SECRETS,
    key: { private: `${PRIVATE_KEY}\n`, public: "ssh-ed25519 AAAAbook" },
    nodes: plannedNodes(config).map((place) => ({
      ...place,
      connection: { host: place.addresses.management, privateKey: PRIVATE_KEY },
      facts: FACTS,
    })),
    done: plannedSteps(config).map(({ name, step, node }) => ({
      name,
      step: step.id,
      node,
      seconds: 1,
      at: "",
    })),
  };
}

/** What a handbook is made from: a built lab, or only its configuration. */
export function source(
  parts: Partial<Source> & { readonly lab?: string; readonly built?: boolean } = {},
): Source {
  const { lab = "lab002", built = true, ...rest } = parts;
  const observed = built ? builtLab(lab) : NOTHING;
  const topology = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"/>';
  return { stack: "book", config: CONFIG(lab), observed, share: false, day: "2025-06-01", topology, ...rest };
}

/** Its files. */
export const files = (parts: Parameters<typeof source>[0] = {}): ReadonlyMap<string, string> =>
  site(source(parts), material());
