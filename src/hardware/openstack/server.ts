import type { compute, networking } from "@pulumi/openstack";
import { all, type Output, type Resource } from "@pulumi/pulumi";
import { parseCidr } from "../../config/ipv4.ts";
import { NETWORKS, type NetworkName } from "../../config/networks.ts";
import { type KeyPair, keyPair } from "../keys.ts";
import type { PlannedNode } from "../planned-node.ts";
import type { OpenstackStack } from "./config.ts";
import { flavorOf } from "./flavor.ts";
import { cloudName, isId, OWNER_KEY } from "./names.ts";
import type { DeclaredNetworks } from "./network.ts";
import { type Common, options, sdk } from "./sdk.ts";
import { userData } from "./user-data.ts";

/** What all servers of a stack share. */
export interface Shared {
  readonly stack: string;
  readonly config: OpenstackStack;
  readonly mark: Output<string>;
  readonly common: Common;
  readonly networks: DeclaredNetworks;
  readonly login: KeyPair;
  /** The cloud's name of the login key. */
  readonly key: compute.Keypair;
}

export interface DeclaredServer {
  readonly server: compute.Instance;
  readonly hostKey: KeyPair;
  readonly ports: Readonly<Record<NetworkName, networking.Port>>;
}

/** A server with its ports, its volume where it has one, and its host key. */
export function declareServer(planned: PlannedNode, shared: Shared): DeclaredServer {
  const { stack, config, mark, common, networks, login } = shared;
  const { hardware } = config;
  const { name } = planned;
  const hostKey = keyPair(`ssh-host-${name}`, common.parent);
  const port = (network: NetworkName) => declarePort(planned, network, shared);
  const ports = { management: port("management"), tunnel: port("tunnel"), provider: port("provider") };
  const { byName } = networks;
  const data = all([
    hostKey.private,
    hostKey.public,
    login.public,
    byName.tunnel.network.mtu,
    byName.provider.network.mtu,
  ]).apply(([privateKey, publicKey, loginKey, tunnel, provider]) =>
    userData(config, {
      node: name,
      interfaces: planned.interfaces,
      mtu: { tunnel, provider },
      tunnelAddress: `${planned.addresses.tunnel}/${parseCidr(hardware.networks.tunnel.cidr)?.prefix}`,
      hostKey: { private: privateKey, public: publicKey },
      loginKey,
    }),
  );
  const { flavor } = flavorOf(config, name);
  const { Instance } = sdk().compute;
  const server = new Instance(
    `hardware/server-${name}`,
    {
      name: cloudName(stack, name),
      metadata: { [OWNER_KEY]: mark },
      ...(isId(flavor) ? { flavorId: flavor } : { flavorName: flavor }),
      ...disk(name, shared),
      keyPair: shared.key.name,
      networks: NETWORKS.map((network) => ({ port: ports[network].id })),
      userData: data,
      configDrive: hardware.configDrive,
      ...(hardware.availabilityZone === null ? {} : { availabilityZone: hardware.availabilityZone }),
    },
    {
      // Addresses are of use only once there is a way out: a first boot looks for its package servers.
      ...options(common, hardware.timeouts.server, networks.ways),
      // Used at its first boot only. A better text is no reason to replace a server.
      ignoreChanges: ["userData"],
      additionalSecretOutputs: ["userData", "adminPass"],
    },
  );
  return { server, hostKey, ports };
}

/** Nodes that forward packets of servers, whose addresses Neutron does not know. */
const SWITCHING: ReadonlySet<string> = new Set(["compute", "network"]);

function declarePort(planned: PlannedNode, network: NetworkName, shared: Shared): networking.Port {
  const { stack, config, mark, common, networks } = shared;
  const { network: made, subnet } = networks.byName[network];
  const free = network !== "management" && planned.roles.some((role) => SWITCHING.has(role));
  const control = network === "management" && planned.name === jumpNode(config);
  const groups = [networks.inside.id, ...(control ? [networks.outside.id] : [])];
  const { Port } = sdk().networking;
  return new Port(
    `hardware/port-${planned.name}-${network}`,
    {
      name: cloudName(stack, planned.name, network),
      description: mark,
      networkId: made.id,
      adminStateUp: true,
      macAddress: planned.interfaces[network],
      fixedIps: [{ subnetId: subnet.id, ipAddress: planned.addresses[network] }],
      ...(free
        ? { portSecurityEnabled: false, noSecurityGroups: true }
        : { portSecurityEnabled: true, securityGroupIds: groups }),
    },
    options(common, config.hardware.timeouts.network),
  );
}

/** The node with the floating address: the first control node, else the first of all. */
export function jumpNode({ nodes }: OpenstackStack): string {
  const names = Object.keys(nodes);
  return names.find((name) => nodes[name]?.roles.includes("control")) ?? names[0] ?? "";
}

/** What a server boots from: its flavor's disk with the image on it, or a volume with the same. */
function disk(node: string, { stack, config, mark, common }: Shared): Partial<compute.InstanceArgs> {
  const { image, bootFromVolume, availabilityZone, timeouts } = config.hardware;
  if (bootFromVolume === null) return isId(image) ? { imageId: image } : { imageName: image };
  const { blockstorage, images } = sdk();
  const invoke = { parent: common.parent, provider: common.provider };
  const imageId = isId(image) ? image : images.getImageOutput({ name: image, mostRecent: true }, invoke).id;
  const volume = new blockstorage.Volume(
    `hardware/volume-${node}`,
    {
      name: cloudName(stack, node),
      description: mark,
      metadata: { [OWNER_KEY]: mark },
      size: bootFromVolume,
      imageId,
      ...(availabilityZone === null ? {} : { availabilityZone }),
    },
    // A newer image of the same name is no reason to replace a server.
    { ...options(common, timeouts.volume), ignoreChanges: ["imageId"] },
  );
  return {
    blockDevices: [
      {
        uuid: volume.id,
        sourceType: "volume",
        destinationType: "volume",
        bootIndex: 0,
        deleteOnTermination: false,
      },
    ],
  };
}

/** @returns what makes the control node's floating address */
export function declareFloating(server: DeclaredServer, shared: Shared): networking.FloatingIp {
  const { FloatingIp } = sdk().networking;
  const { mark, common, networks, config } = shared;
  const { externalNetwork, timeouts } = config.hardware;
  const after: Resource[] = networks.ways;
  const opts = options(common, timeouts.network, after);
  const args = { pool: networks.pool, description: mark, portId: server.ports.management.id };
  if (!isId(externalNetwork)) return new FloatingIp("hardware/floating-address", args, opts);
  // The plugin takes the first network of the pool's name, and another one may have the same. An address that stands stays.
  return new FloatingIp(
    "hardware/floating-address",
    { ...args, valueSpecs: { floating_network_id: externalNetwork } },
    { ...opts, ignoreChanges: ["valueSpecs"] },
  );
}
