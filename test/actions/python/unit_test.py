"""Which units have not reported since they were started."""

import unittest

from reported import seconds, unreported

NOW = seconds("2026-12-01T16:00:00.000000")


def row(binary, updated, host="compute", key="updated_at"):
    return {"binary": binary, "host": host, key: updated}


class Unreported(unittest.TestCase):
    def asked(self, *rows, start=NOW - 20):
        return unreported(rows, ["nova-compute"], "compute", {"nova-compute": start}, NOW)

    def test_none_when_the_report_is_later_than_the_start(self):
        self.assertEqual(self.asked(row("nova-compute", "2026-12-01T15:59:50.000000")), [])

    def test_none_for_an_agent_of_neutron(self):
        self.assertEqual(self.asked(row("nova-compute", "2026-12-01 15:59:50", key="heartbeat_timestamp")), [])

    def test_one_whose_last_report_is_of_its_earlier_life(self):
        lines = self.asked(row("nova-compute", "2026-12-01T15:59:40.000000"))
        self.assertEqual(lines, ["nova-compute on compute has not reported since its start 20 s ago"])

    def test_one_that_is_listed_without_a_report(self):
        self.assertEqual(self.asked(row("nova-compute", None)), ["nova-compute on compute has never reported"])

    def test_one_that_only_another_node_has(self):
        other = row("nova-compute", "2026-12-01T15:59:59", host="other")
        self.assertEqual(self.asked(other), ["nova-compute on compute has never reported"])

    def test_one_that_has_become_silent(self):
        lines = self.asked(row("nova-compute", "2026-12-01T15:58:20"), start=NOW - 9000)
        self.assertEqual(lines, ["nova-compute on compute has not reported for 100 s"])

    def test_none_for_a_host_with_a_backend(self):
        self.assertEqual(self.asked(row("nova-compute", "2026-12-01T15:59:59", host="compute@rbd")), [])


if __name__ == "__main__":
    unittest.main()
