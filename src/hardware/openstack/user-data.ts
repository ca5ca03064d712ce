import type { Interfaces } from "../planned-node.ts";
import type { OpenstackStack } from "./config.ts";

/** What a server is told at its first boot. */
export interface Birth {
  readonly node: string;
  /** Hardware addresses. */
  readonly interfaces: Interfaces;
  /** Bytes of a packet in the tunnel and the provider network; nobody tells a server those of networks without DHCP. */
  readonly mtu: { readonly tunnel: number; readonly provider: number };
  /** With prefix length. */
  readonly tunnelAddress: string;
  readonly hostKey: { readonly private: string; readonly public: string };
  readonly loginKey: string;
}

/** Written when all of the user data is done. */
export const BOOTED = "/var/lib/scratchstack/booted";

/**
 * Cloud-init's user data. JSON, which is YAML too: names and keys need no quoting rules of their own, and a small image
 * without cloud-init can read it. It holds the private host key, so that the server is known from its first connection on.
 */
export function userData({ hardware }: OpenstackStack, birth: Birth): string {
  const { packageSources } = hardware;
  const sources =
    packageSources === null
      ? []
      : [
          { path: "/etc/apt/sources.list", content: `${packageSources.join("\n")}\n` },
          { path: "/etc/apt/sources.list.d/debian.sources", content: "" },
        ];
  const cloudConfig = {
    hostname: birth.node,
    fqdn: birth.node,
    // The course writes /etc/hosts.
    manage_etc_hosts: false,
    package_update: false,
    package_upgrade: false,
    ssh_deletekeys: true,
    ssh_genkeytypes: [],
    ssh_keys: { ed25519_private: birth.hostKey.private, ed25519_public: `${birth.hostKey.public}\n` },
    ssh_authorized_keys: [birth.loginKey],
    write_files: [...FILES, ...networkFiles(birth), ...sources],
    runcmd: [
      // Until the course writes it anew: without its own name sudo complains at each command.
      `grep -q ${birth.node} /etc/hosts || echo 127.0.1.1 ${birth.node} >> /etc/hosts`,
      "systemctl enable systemd-networkd.service",
      "systemctl restart systemd-networkd.service || true",
      "systemctl try-reload-or-restart ssh.service",
      `mkdir -p ${BOOTED.replace(/\/[^/]*$/, "")} && touch ${BOOTED}`,
    ],
  };
  return `#cloud-config\n${JSON.stringify(cloudConfig, null, 1)}\n`;
}

const FILES = [
  {
    path: "/etc/ssh/sshd_config.d/10-scratchstack.conf",
    content: [
      "HostKey /etc/ssh/ssh_host_ed25519_key",
      "PasswordAuthentication no",
      // Ends what a cut-off connection was running.
      "ClientAliveInterval 15",
      "ClientAliveCountMax 4",
      // The default drops connections at random from the tenth on that has not logged in yet.
      "MaxStartups 100",
      "",
    ].join("\n"),
  },
  {
    path: "/etc/apt/apt.conf.d/90scratchstack",
    content: [
      'APT::Install-Recommends "false";',
      'APT::Periodic::Enable "0";',
      'Acquire::Languages "none";',
      'Acquire::Retries "3";',
      // The image's own updates may hold the lock just after the boot.
      'DPkg::Lock::Timeout "600";',
      "",
    ].join("\n"),
  },
  {
    path: "/etc/dpkg/dpkg.cfg.d/scratchstack",
    content: "force-confdef\nforce-confold\n",
  },
  {
    path: "/etc/systemd/networkd.conf.d/scratchstack.conf",
    // Addresses and routes that Neutron's agents made are none of systemd's business.
    content: "[Network]\nManageForeignRoutes=no\nManageForeignRoutingPolicyRules=no\n",
  },
  {
    // From the second boot on the files below are all there is to know.
    path: "/etc/cloud/cloud.cfg.d/99-scratchstack-network.cfg",
    content: "network: {config: disabled}\n",
  },
];

/**
 * Sorted before what cloud-init writes itself (10-…), behind what the course writes (05-…, 06-…). By permanent hardware
 * address: a bridge that a card is put in takes over the other one.
 */
function networkFiles({ interfaces, mtu, tunnelAddress }: Birth) {
  const file = (name: keyof Interfaces, link: readonly string[], network: readonly string[]) => ({
    path: `/etc/systemd/network/07-scratchstack-${name}.network`,
    content: [
      "[Match]",
      `PermanentMACAddress=${interfaces[name]}`,
      "",
      "[Link]",
      ...link,
      "",
      "[Network]",
      "LinkLocalAddressing=no",
      "IPv6AcceptRA=no",
      ...network,
      "",
    ].join("\n"),
  });
  const quiet = (bytes: number) => ["RequiredForOnline=no", `MTUBytes=${bytes}`];
  return [
    // Neutron gives the address that the port has, with the way out, the name servers and the size of packets.
    file("management", ["RequiredForOnline=yes"], ["DHCP=ipv4"]),
    file("tunnel", quiet(mtu.tunnel), [`Address=${tunnelAddress}`]),
    // Up, without an address: it belongs to Open vSwitch later.
    file("provider", quiet(mtu.provider), []),
  ];
}
