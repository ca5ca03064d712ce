import { packageCachePort } from "../../config/package-cache.ts";
import { GUEST_PATH } from "../guest/recipe.ts";
import type { LocalStack } from "./config.ts";
import { bridgeNames, hardwareAddress, INTERFACES, OWNER } from "./names.ts";

/** Configuration and devices of an Incus instance, as its API takes them. */
export interface InstanceSpec {
  /** Configuration that it is made with. An instance that exists keeps its own, whatever that is. */
  readonly born: Readonly<Record<string, string>>;
  /** Configuration that may change while it runs. */
  readonly config: Readonly<Record<string, string>>;
  readonly devices: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Share of the processors of a node that is not a control node, when they are all busy; not a limit. Most steps run on the control
 * node, one install after the other. Steps on other nodes must not delay them.
 */
const SHARE = "50%";

/** Root on the node is an ordinary user of this machine, and another one for each node. */
const UNPRIVILEGED = { "security.privileged": "false", "security.idmap.isolated": "true" };

/** Root on the node is root on this machine. */
const PRIVILEGED = { "security.privileged": "true" };

/**
 * The Incus instance of a node. It is nested: services on it make namespaces and mounts of their own.
 * @param guest folder of this machine with the guest's files
 */
export function instanceSpec(stack: string, config: LocalStack, node: string, guest: string): InstanceSpec {
  const { hardware, nodes } = config;
  const wanted = nodes[node];
  if (wanted === undefined) throw new Error(`hardware: no node ${node} in the configuration`);
  const nic = (network: keyof typeof INTERFACES) => ({
    type: "nic",
    nictype: "bridged",
    parent: bridgeNames(stack)[network],
    name: INTERFACES[network],
    hwaddr: hardwareAddress(stack, node, network),
  });
  return {
    born: {
      ...(hardware.privileged ? PRIVILEGED : UNPRIVILEGED),
      "security.nesting": "true",
      // No step talks to Incus, so a node has no socket of it.
      "security.guestapi": "false",
    },
    config: {
      "boot.autostart": "true",
      "limits.memory": wanted.memory,
      // Empty = not limited.
      "limits.cpu": wanted.cpus === null ? "" : String(wanted.cpus),
      "limits.cpu.allowance": wanted.roles.includes("control") ? "100%" : SHARE,
      [OWNER]: stack,
    },
    devices: {
      root: { type: "disk", path: "/", pool: hardware.pool },
      management: nic("management"),
      tunnel: nic("tunnel"),
      provider: nic("provider"),
      tun: { type: "unix-char", path: "/dev/net/tun" },
      // Whether it really runs a guest is probed on the node.
      kvm: { type: "unix-char", path: "/dev/kvm", mode: "0666", required: "false" },
      ...(hardware.packageCache ? { cache: cacheDevice() } : {}),
      ...(wanted.roles.includes("control") ? { guest: guestDevice(guest) } : {}),
    },
  };
}

/** This machine's package cache, at the same address inside the node. */
function cacheDevice() {
  const address = `tcp:127.0.0.1:${packageCachePort()}`;
  return { type: "proxy", bind: "instance", listen: address, connect: address };
}

/** Not required, so that a node also boots after the cache was emptied. */
function guestDevice(source: string) {
  return { type: "disk", source, path: GUEST_PATH, readonly: "true", required: "false" };
}
