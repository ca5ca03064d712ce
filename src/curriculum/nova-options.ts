import { authToken, BROKER, login, TRANSPORT_URL } from "./oslo.ts";
import { address, self, setting } from "./tokens.ts";

/** What every node with a part of Nova has in its nova.conf. */
export const NOVA_COMMON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DEFAULT: {
    my_ip: self("address"),
    transport_url: TRANSPORT_URL,
    // A question or a report sent while the other side was away is lost. By default its answer is waited for a minute long:
    // a compute node counts as down meanwhile, and a console cannot be read.
    rpc_response_timeout: "30",
  },
  oslo_messaging_rabbit: BROKER,
  keystone_authtoken: authToken("nova"),
  service_user: { ...login("nova"), send_service_user_token: "true" },
  placement: login("placement"),
  // Where Neutron is once it is built. Named here because Nova asks it even for servers without a network card.
  neutron: { ...login("nova"), endpoint_override: `http://${address("control")}:9696` },
  glance: { region_name: setting("region") },
  cinder: { os_region_name: setting("region") },
  spice: { enabled: "false" },
};

/** Where a browser reaches the console of a server. */
export const CONSOLE_URL = `http://${address("control")}:6080/vnc_lite.html`;
