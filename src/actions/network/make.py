from api_client import Trouble  # not sent
from objects import KINDS, id_of, incoming, interfaces, named, rule_text, say  # not sent


def make(neutron, want):
    for kind, one in MAKE.items():
        for wanted in want[kind]:
            one(neutron, wanted)
    say("the network is as wanted")


# Whoever disables an object keeps it, and nothing passes.
ENABLED = {"admin_state_up": True}


def settle(neutron, kind, name, fixed, free):
    """Creates an object, or changes what is free to change; what is fixed stays as it was created."""
    path, word, key = KINDS[kind]
    found = next(named(neutron, kind, name), None)
    if not found:
        body = {key: name, **fixed, **free}
        found = neutron.create(path, {option: value for option, value in body.items() if value is not None})
        say(word, name, "made")
    for option, value in fixed.items():
        if found.get(option) != value:
            raise Trouble(
                "Neutron: %s %s: %s is %s, not %s, and cannot be changed: delete the %s and do this again"
                % (word, name, option, found.get(option), value, word)
            )
    change = {option: value for option, value in free.items() if not same(found.get(option), value)}
    for option, value in change.items():
        if isinstance(value, AtLeast):
            change[option] = list(dict.fromkeys([*found.get(option, []), *value]))
    if change:
        neutron.update(path, found, change)
        say(word, name, "changed:", ", ".join(change))
    return found


def same(seen, wanted):
    """Neutron adds to what it is told of a gateway. Only the order of name servers matters."""
    if isinstance(wanted, dict):
        return isinstance(seen, dict) and all(seen.get(option) == value for option, value in wanted.items())
    if isinstance(wanted, AtLeast):
        return set(wanted) <= set(seen or [])
    if isinstance(wanted, Addresses):
        return [fixed["ip_address"] for fixed in seen] == [fixed["ip_address"] for fixed in wanted]
    return seen == wanted


class AtLeast(list):
    """Others may have added some, which stay."""


class Addresses(list):
    """Neutron adds the subnet to each."""


def make_network(neutron, wanted):
    fixed = {"provider:physical_network": wanted.get("physical")}
    if wanted.get("physical"):
        fixed["provider:network_type"] = "flat"
    settle(neutron, "networks", wanted["name"], fixed, {**ENABLED, "router:external": wanted.get("external", False)})


def make_subnet(neutron, wanted):
    network = id_of(neutron, "networks", wanted["network"])
    free = {
        "gateway_ip": wanted["gateway"],
        "enable_dhcp": wanted.get("dhcp", True),
        "dns_nameservers": wanted.get("dns", []),
    }
    if wanted.get("pool"):
        free["allocation_pools"] = [{"start": wanted["pool"]["first"], "end": wanted["pool"]["last"]}]
    fixed = {"network_id": network, "ip_version": 4, "cidr": wanted["cidr"]}
    settle(neutron, "subnets", wanted["name"], fixed, free)


def make_router(neutron, wanted):
    gateway = {"network_id": id_of(neutron, "networks", wanted["external"])}
    router = settle(neutron, "routers", wanted["name"], {}, {**ENABLED, "external_gateway_info": gateway})
    have = {address["subnet_id"] for port in interfaces(neutron, router) for address in port["fixed_ips"]}
    for name in wanted["subnets"]:
        subnet = id_of(neutron, "subnets", name)
        if subnet not in have:
            neutron.ask("PUT", "routers/%s/add_router_interface" % router["id"], {"subnet_id": subnet})
            say("router", wanted["name"], "is now in subnet", name)


def make_group(neutron, wanted):
    """A rule that somebody added stays."""
    group = settle(neutron, "groups", wanted["name"], {}, {"description": wanted["description"]})
    missing = {rule_text(rule): rule for rule in map(rule_body, wanted["rules"])}
    for rule in incoming(group):
        missing.pop(rule_text(rule), None)
    for text, rule in missing.items():
        body = {"security_group_rule": {**rule, "security_group_id": group["id"]}}
        neutron.ask("POST", "security-group-rules", body)
        say("security group", wanted["name"], "now lets in", text)


def rule_body(wanted):
    body = {"direction": "ingress", "ethertype": "IPv4", "protocol": wanted["protocol"]}
    if wanted.get("port") is not None:
        body.update(port_range_min=wanted["port"], port_range_max=wanted["port"])
    return body


def make_port(neutron, wanted):
    fixed = {"network_id": id_of(neutron, "networks", wanted["network"])}
    changing = {**ENABLED, "security_groups": AtLeast(id_of(neutron, "groups", name) for name in wanted["groups"])}
    if wanted.get("address"):
        changing["fixed_ips"] = Addresses([{"ip_address": wanted["address"]}])
    settle(neutron, "ports", wanted["name"], fixed, changing)


def make_floating_ip(neutron, wanted):
    fixed = {"floating_network_id": id_of(neutron, "networks", wanted["network"])}
    settle(neutron, "floatingIps", wanted["name"], fixed, {"port_id": id_of(neutron, "ports", wanted["port"])})


# In the order in which one needs the other.
MAKE = {
    "networks": make_network,
    "subnets": make_subnet,
    "routers": make_router,
    "groups": make_group,
    "ports": make_port,
    "floatingIps": make_floating_ip,
}
