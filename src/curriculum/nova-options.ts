import { authToken, BROKER, login, TRANSPORT_URL } from "./oslo.ts";
import { address, self, setting } from "./tokens.ts";

/** Options in the nova.conf of every node with a part of Nova. */
export const NOVA_COMMON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DEFAULT: {
    my_ip: self("address"),
    transport_url: TRANSPORT_URL,
    // A request that is sent while the other side is down is lost. By default the sender waits a minute for the answer. Meanwhile
    // a compute node counts as down, and nobody can read a console.
    rpc_response_timeout: "30",
  },
  oslo_messaging_rabbit: BROKER,
  keystone_authtoken: authToken("nova"),
  service_user: { ...login("nova"), send_service_user_token: "true" },
  placement: login("placement"),
  // The address of Neutron in a later lab. Nova asks it even for servers without a network interface.
  neutron: { ...login("nova"), endpoint_override: `http://${address("control")}:9696` },
  glance: { region_name: setting("region") },
  cinder: { os_region_name: setting("region") },
  spice: { enabled: "false" },
};

/** Where a browser reaches the console of a server. */
export const CONSOLE_URL = `http://${address("control")}:6080/vnc_lite.html`;
