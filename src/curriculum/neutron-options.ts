import { BROKER, TRANSPORT_URL } from "./oslo.ts";
import { address } from "./tokens.ts";
import type { Check } from "./types.ts";

/** Options in the neutron.conf of every node with a part of Neutron. */
export const NEUTRON_COMMON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DEFAULT: {
    transport_url: TRANSPORT_URL,
    // After a power cut, an agent may send a request before the server runs. The request is lost, and by default the agent waits a
    // minute for the answer, then two, then four.
    rpc_response_timeout: "15",
    rpc_response_max_timeout: "30",
  },
  // One permanent root helper, instead of one Python process for each command that an agent runs as root.
  oslo_messaging_rabbit: BROKER,
  agent: { root_helper_daemon: "sudo neutron-rootwrap-daemon /etc/neutron/rootwrap.conf" },
  oslo_concurrency: { lock_path: "/var/lock/neutron" },
};

/** Neutron's name for the network that leads outside. */
export const PHYSICAL_NETWORK = "provider";

/** The agent is connected to the message broker. Without the connection it runs, but gets no orders. */
export function brokerConnection(unit: string): Check {
  return {
    name: "broker-connection",
    expect: "the agent is connected to the message broker",
    run: `
pid=$(systemctl show --property=MainPID --value ${unit})
[ "$pid" != 0 ] || { echo "${unit} does not run"; exit 1; }
ss --no-header --tcp --numeric --processes state established dst ${address("control")} dport = :5672 | grep -m 1 "pid=$pid,"`.trim(),
  };
}

/**
 * Shell that ends what an agent runs in its network namespaces (dnsmasq, proxies), and removes them with their ports. The agent leaves all
 * of it when it stops, so that packets still pass while it restarts.
 */
export const removeNamespaces = (prefix: "qrouter" | "qdhcp"): string =>
  `
for name in $(ip netns list | awk '/^${prefix}-/ { print $1 }'); do
  ip netns pids "$name" | xargs -r kill -9 2>/dev/null || true
  for port in $(ip netns exec "$name" ls /sys/class/net); do
    # With pairs of virtual interfaces the other end is the port.
    for name_of_port in "$port" "tap\${port#*-}"; do ovs-vsctl --timeout=10 --if-exists del-port "$name_of_port" || true; done
  done
  ip netns delete "$name" || true
done`.trim();
