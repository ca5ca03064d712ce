import json  # not sent
import sys  # not sent

from api_client import Trouble  # not sent
from client import Neutron  # not sent


# Path in Neutron's API, word for the reader, and what an object is known by.
KINDS = {
    "networks": ("networks", "network", "name"),
    "subnets": ("subnets", "subnet", "name"),
    "routers": ("routers", "router", "name"),
    "groups": ("security-groups", "security group", "name"),
    "ports": ("ports", "port", "name"),
    "floatingIps": ("floatingips", "floating IP", "floating_ip_address"),
}
REMOVE = ("floatingIps", "ports", "groups", "routers", "subnets", "networks")

# Plain routers, distributed ones and those with a standby.
INTERFACES = (
    "network:router_interface",
    "network:router_interface_distributed",
    "network:ha_router_replicated_interface",
)


def say(*words):
    print(*words, flush=True)


def named(neutron, kind, name):
    path, _, key = KINDS[kind]
    return (found for found in neutron.all(path) if found[key] == name)


def id_of(neutron, kind, name):
    found = next(named(neutron, kind, name), None)
    if not found:
        raise Trouble("Neutron: the project has no %s called %s" % (KINDS[kind][1], name))
    return found["id"]


def name_of(neutron, kind, id):
    """The id itself for what belongs to another project."""
    found = (found["name"] for found in neutron.all(KINDS[kind][0]) if found["id"] == id)
    return next(found, id)


def interfaces(neutron, router):
    ports = neutron.list("ports", device_id=router["id"])
    return [port for port in ports if port["device_owner"] in INTERFACES]


def incoming(group):
    """The rules that let something in; what Neutron lets out by default, and IPv6, is not ours."""
    rules = group["security_group_rules"]
    return [rule for rule in rules if rule["direction"] == "ingress" and rule["ethertype"] == "IPv4"]


def rule_text(rule):
    first, last = rule.get("port_range_min"), rule.get("port_range_max")
    text = rule["protocol"] or "anything"
    if first is not None:
        text += " %s" % first if first == last else " %s-%s" % (first, last)
    for origin in ("remote_ip_prefix", "remote_group_id", "remote_address_group_id"):
        if rule.get(origin) and rule[origin] != "0.0.0.0/0":
            text += " from %s" % rule[origin]
    return text


def look(neutron, want):
    answer = {}
    for kind, one in LOOK.items():
        found = {wanted["name"]: next(named(neutron, kind, wanted["name"]), None) for wanted in want[kind]}
        answer[kind] = {name: seen and one(neutron, seen) for name, seen in found.items()}
    say(json.dumps(answer))


def look_network(neutron, network):
    return {
        "enabled": network["admin_state_up"],
        "external": network["router:external"],
        "type": network["provider:network_type"],
        "physical": network["provider:physical_network"],
    }


def look_subnet(neutron, subnet):
    return {
        "network": name_of(neutron, "networks", subnet["network_id"]),
        "cidr": subnet["cidr"],
        "gateway": subnet["gateway_ip"],
        "dhcp": subnet["enable_dhcp"],
        "pools": ["%(start)s-%(end)s" % pool for pool in subnet["allocation_pools"]],
        "dns": subnet["dns_nameservers"],
    }


def look_router(neutron, router):
    gateway = router["external_gateway_info"]
    subnets = [address["subnet_id"] for port in interfaces(neutron, router) for address in port["fixed_ips"]]
    return {
        "enabled": router["admin_state_up"],
        "external": gateway and name_of(neutron, "networks", gateway["network_id"]),
        "subnets": [name_of(neutron, "subnets", id) for id in subnets],
    }


def look_group(neutron, group):
    return {"description": group["description"], "rules": [rule_text(rule) for rule in incoming(group)]}


def look_port(neutron, port):
    return {
        "enabled": port["admin_state_up"],
        "network": name_of(neutron, "networks", port["network_id"]),
        "groups": [name_of(neutron, "groups", id) for id in port["security_groups"]],
        "address": next((fixed["ip_address"] for fixed in port["fixed_ips"]), None),
    }


def look_floating_ip(neutron, floating):
    return {
        "network": name_of(neutron, "networks", floating["floating_network_id"]),
        "port": floating["port_id"] and name_of(neutron, "ports", floating["port_id"]),
    }


LOOK = {
    "networks": look_network,
    "subnets": look_subnet,
    "routers": look_router,
    "groups": look_group,
    "ports": look_port,
    "floatingIps": look_floating_ip,
}


def remove(neutron, want):
    for kind in REMOVE:
        path, word, _ = KINDS[kind]
        for wanted in want[kind]:
            for found in named(neutron, kind, wanted["name"]):
                if kind == "routers":
                    disconnect(neutron, found)
                neutron.delete(path, found["id"])
                say(word, wanted["name"], "removed")


def disconnect(neutron, router):
    """Neutron keeps a router that is connected to anything."""
    for port in interfaces(neutron, router):
        neutron.ask("PUT", "routers/%s/remove_router_interface" % router["id"], {"port_id": port["id"]})
    if router["external_gateway_info"]:
        neutron.update("routers", router, {"external_gateway_info": {}})


from make import make  # noqa: E402 # not sent


def main(wants):
    try:
        neutron = Neutron()
        for at, want in enumerate(wants):
            if at:
                say("@@NEXT@@")
            {"make": make, "look": look, "remove": remove}[want["do"]](neutron, want)
    except Trouble as trouble:
        sys.exit(str(trouble))
