import { programText } from "../config/program-text.ts";
import { quote } from "../config/quote.ts";
import type { StackConfig } from "../config/schema.ts";
import { INTERFACE } from "./interface.ts";
import { KVM_GUEST } from "./kvm-guest.ts";
import type { Interfaces } from "./planned-node.ts";

/**
 * Shell that prints one JSON object of strings: what this very node can do, whatever its hardware is called.
 * - `virt_type`: `kvm` where a guest really ran, else `qemu`; or what `settings.virtualization` says
 * - `datapath`: `kernel` where Open vSwitch has its kernel module, else `netdev`; or what `settings.datapath` says
 * - `datapath_type`: the same as Open vSwitch calls it, `system` or `netdev`; `userspace`: whether that is the second, `true`
 *   or `false`; `tunnel_interface`, `provider_interface`: the kernel's names of the network cards, empty where there is none;
 *   `tunnel_device`: what carries the tunnel address, the network card itself or a bridge above it
 * - `device_mapper`, `iscsi`: `yes` or `no`
 * - `cpu_model`; `cpus`; `memory`: the node's limit in MiB; `cgroup`: `v1` or `v2`
 * Why KVM is not used goes to standard error.
 * @param interfaces the node's network cards, by name or MAC
 */
export const factsScript = (config: StackConfig, interfaces: Interfaces): string =>
  `${programText("hardware/facts.sh", {
    INTERFACE,
    TUNNEL: quote(interfaces.tunnel),
    PROVIDER: quote(interfaces.provider),
    VIRTUALIZATION: quote(config.settings.virtualization),
    DATAPATH: quote(config.settings.datapath),
    KVM_GUEST: quote(KVM_GUEST),
  })}\n`;
