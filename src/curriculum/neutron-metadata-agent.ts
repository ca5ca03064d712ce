import { BEFORE_PACKAGES } from "./checks.ts";
import { brokerConnection } from "./neutron-options.ts";
import { reports } from "./oslo.ts";
import { address, secret } from "./tokens.ts";
import type { Service } from "./types.ts";

/** How a server gets its name and its keys: requests to 169.254.169.254 reach Nova through this agent. */
export const neutronMetadataAgent: Service = {
  id: "neutron-metadata-agent",
  title: "Neutron's metadata agent",
  module: "002",
  steps: [
    {
      id: "neutron-metadata-agent/install-packages",
      title: "Install the metadata agent",
      why: "Two networks can use the same addresses, so Nova cannot identify a server by its address. The agent knows from which router a request came, and adds the server's id to it.",
      role: "network",
      after: ["neutron-openvswitch-agent/install-packages", ...BEFORE_PACKAGES],
      action: { kind: "packages", names: ["neutron-metadata-agent"] },
      see: "neutron-metadata-agent is installed and does not run yet",
    },
    {
      id: "neutron-metadata-agent/configure",
      title: "Configure the metadata agent",
      why: "The agent needs to know where Nova is, and the secret that signs its requests. Without the signature, any server could ask for the data of another one.",
      role: "network",
      action: {
        kind: "ini",
        file: "/etc/neutron/metadata_agent.ini",
        owner: "neutron:neutron",
        mode: "0640",
        set: {
          DEFAULT: {
            nova_metadata_host: address("control"),
            metadata_proxy_shared_secret: secret("neutron/metadata"),
            metadata_workers: "0",
          },
        },
      },
      see: "metadata_agent.ini names Nova's address",
    },
    {
      id: "neutron-metadata-agent/start",
      title: "Start the metadata agent",
      why: "The agent listens on a socket, to which the proxies of the routers forward requests.",
      role: "network",
      after: [
        "neutron-metadata-agent/configure",
        "neutron-openvswitch-agent/configure",
        "neutron/start",
        "nova/start-metadata",
        "base/name-resolution",
        "base/keep-trying",
      ],
      action: {
        kind: "unit",
        units: ["neutron-metadata-agent"],
        ready: "test -S /var/lib/neutron/metadata_proxy",
        reports: reports("neutron", ["neutron-metadata-agent"]),
        timeout: 180,
      },
      see: "neutron-metadata-agent is active and has its socket",
      checks: [brokerConnection("neutron-metadata-agent")],
    },
  ],
};
