"""What counts as equal in Neutron, and how rules are told."""

import unittest

import objects  # before make, which imports names of it
from api_client import Trouble
from make import Addresses, AtLeast, rule_body, same, settle


class Same(unittest.TestCase):
    def test_neutron_may_add_to_a_gateway(self):
        self.assertTrue(same({"network_id": "n", "enable_snat": True}, {"network_id": "n"}))
        self.assertFalse(same(None, {"network_id": "n"}))

    def test_some_lists_may_hold_more_and_only_others_have_an_order(self):
        self.assertTrue(same(["b", "a", "c"], AtLeast(["a", "b"])))
        self.assertFalse(same(["b"], AtLeast(["a", "b"])))
        self.assertFalse(same(["b", "a"], ["a", "b"]))

    def test_the_subnet_of_an_address_does_not_count(self):
        wanted = Addresses([{"ip_address": "192.0.2.1"}])
        self.assertTrue(same([{"ip_address": "192.0.2.1", "subnet_id": "s"}], wanted))
        self.assertFalse(same([{"ip_address": "192.0.2.2"}], wanted))


class RuleText(unittest.TestCase):
    def test_a_rule_that_is_made_reads_as_it_is_wanted(self):
        for wanted, text in (
            ({"protocol": "icmp"}, "icmp"),
            ({"protocol": "tcp", "port": 22}, "tcp 22"),
        ):
            self.assertEqual(objects.rule_text(rule_body(wanted)), text)

    def test_what_others_made_is_told_too(self):
        rule = {"protocol": None, "port_range_min": 1, "port_range_max": 9, "remote_ip_prefix": "192.0.2.0/24"}
        self.assertEqual(objects.rule_text(rule), "anything 1-9 from 192.0.2.0/24")
        self.assertEqual(objects.rule_text({"protocol": "tcp", "remote_ip_prefix": "0.0.0.0/0"}), "tcp")


class FakeNeutron:
    def __init__(self, *networks):
        self.known = {"networks": list(networks)}
        self.updates = []

    def all(self, path):
        return self.known[path]

    def create(self, path, body):
        self.known[path].append({"id": "new", **body})
        return self.known[path][-1]

    def update(self, _path, _found, body):
        self.updates.append(body)


class Settle(unittest.TestCase):
    def setUp(self):
        self.say, objects.say = objects.say, lambda *_: None

    def tearDown(self):
        objects.say = self.say

    def test_a_missing_object_is_created_without_what_is_none(self):
        neutron = FakeNeutron()
        settle(neutron, "networks", "private", {"provider:physical_network": None}, {"router:external": False})
        self.assertEqual(neutron.known["networks"], [{"id": "new", "name": "private", "router:external": False}])

    def test_only_what_differs_is_updated(self):
        neutron = FakeNeutron({"id": "n", "name": "private", "a": 1, "b": 2})
        settle(neutron, "networks", "private", {}, {"a": 1, "b": 3})
        self.assertEqual(neutron.updates, [{"b": 3}])

    def test_what_somebody_added_to_a_list_stays(self):
        neutron = FakeNeutron({"id": "n", "name": "private", "groups": ["theirs"]})
        settle(neutron, "networks", "private", {}, {"groups": AtLeast(["ours"])})
        self.assertEqual(neutron.updates, [{"groups": ["theirs", "ours"]}])

    def test_what_cannot_be_changed_is_a_trouble_that_tells_what_to_do(self):
        neutron = FakeNeutron({"id": "n", "name": "private", "cidr": "a"})
        with self.assertRaisesRegex(Trouble, "network private: cidr is a, not b, and cannot be changed: delete"):
            settle(neutron, "networks", "private", {"cidr": "b"}, {})


if __name__ == "__main__":
    unittest.main()
