"""What the probe sees in Keystone, and what is made and removed there."""

import contextlib
import io
import json
import sys
import types
import unittest
from unittest import mock


def module(name, **members):
    made = types.ModuleType(name)
    vars(made).update(members)
    sys.modules[name] = made
    return made


# The client is on nodes alone.
exceptions = types.SimpleNamespace(ForbiddenException=PermissionError, SDKException=RuntimeError)
module("openstack", exceptions=exceptions)
module("keystoneauth1", exceptions=types.SimpleNamespace(ClientException=OSError), session=None)
module("keystoneauth1.identity", v3=None)

import api_client  # noqa: E402
import objects  # noqa: E402
import probe  # noqa: E402

LISTS = {
    "projects": [{"id": "p", "name": "service", "enabled": True}, {"id": "q", "name": "off", "enabled": False}],
    "users": [{"id": "u", "name": "nova", "enabled": True}],
    "roles": [{"id": "r", "name": "admin"}],
    "role_assignments": [
        {"role": {"name": "admin"}, "user": {"id": "u"}, "scope": {"project": {"id": "p"}}},
        {"role": {"name": "reader"}, "user": {"id": "u"}, "scope": {"project": {"id": "other"}}},
    ],
    "services": [{"id": "s", "name": "nova", "type": "compute", "enabled": False}],
    "endpoints": [
        {"service_id": "s", "region_id": "here", "interface": "public", "url": "http://nova", "enabled": True},
        {"service_id": "s", "region_id": "elsewhere", "interface": "admin", "url": "http://far", "enabled": True},
        {"service_id": "s", "region_id": "here", "interface": "admin", "url": "http://nova", "enabled": False},
    ],
}


def request(_who, method, url, _body=None, _token=""):
    if method == "POST":
        raise api_client.Refused("Keystone", 401, "no")
    name = url.split("/")[-1].split("?")[0]
    return {name: LISTS[name]}, {}


class Probe(unittest.TestCase):
    def seen(self, **want):
        printed = io.StringIO()
        log_in = mock.patch.object(probe, "log_in", lambda: ("http://keystone/v3", "here", "t", {}))
        asking = mock.patch.object(probe, "request", request)
        with log_in, asking, contextlib.redirect_stdout(printed):
            probe.main([{"projects": [], "roles": [], "users": [], "services": [], **want}])
        return json.loads(printed.getvalue())

    def test_what_is_missing_is_null_or_false(self):
        seen = self.seen(projects=[{"name": "none"}, {"name": "off"}], roles=["admin", "none"])
        self.assertEqual(seen["projects"], {"none": None, "off": False})
        self.assertEqual(seen["roles"], {"admin": True, "none": False})

    def test_only_roles_in_the_wanted_project_count(self):
        seen = self.seen(users=[{"name": "nova", "password": "x", "project": "service"}])
        self.assertEqual(seen["users"], {"nova": {"enabled": True, "accepted": False, "roles": ["admin"]}})

    def test_only_endpoints_of_the_region_count(self):
        seen = self.seen(services=[{"name": "nova", "type": "compute"}, {"name": "x", "type": "y"}])
        self.assertEqual(seen["services"], {"nova": {"enabled": False, "endpoints": {"public": "http://nova", "admin": "disabled"}}, "x": None})


class Remove(unittest.TestCase):
    def test_a_role_of_keystones_own_stays(self):
        lab = mock.Mock()
        lab.identity.delete_role.side_effect = PermissionError
        role = types.SimpleNamespace(name="admin")
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            objects.remove_role(lab, role)
        self.assertIn("kept", printed.getvalue())

    def test_what_is_not_there_is_passed_over(self):
        lab = mock.Mock()
        lab.project.return_value = lab.user.return_value = lab.role.return_value = lab.service.return_value = None
        objects.remove(lab, {"projects": [{"name": "a"}], "roles": ["b"], "users": [{"name": "c"}], "services": [{}]})
        self.assertEqual(lab.identity.mock_calls, [])


ENABLED = types.SimpleNamespace(is_enabled=True)


class MakeUser(unittest.TestCase):
    WANTED = {"name": "nova", "password": "x", "project": "service", "roles": ["admin"], "units": ["nova-api"]}

    def made(self, user, accepts=True):
        lab = mock.Mock()
        lab.user.return_value = user
        lab.accepts.return_value = accepts
        lab.roles.return_value = ["admin"] if user else []
        with (
            contextlib.redirect_stdout(io.StringIO()),
            mock.patch.object(objects, "is_running", return_value=True),
            mock.patch.object(objects.subprocess, "run") as run,
        ):
            objects.make_user(lab, self.WANTED)
        return lab.identity, run

    def test_units_restart_only_for_a_user_that_is_new(self):
        identity, run = self.made(None)
        identity.create_user.assert_called_once()
        run.assert_called_once_with(["systemctl", "restart", "nova-api"], check=True)
        identity, run = self.made(ENABLED)
        self.assertEqual(identity.mock_calls, [])
        run.assert_not_called()

    def test_another_password_is_changed(self):
        identity, _ = self.made(ENABLED, accepts=False)
        identity.update_user.assert_called_once()

    def test_a_disabled_user_is_enabled(self):
        identity, _ = self.made(types.SimpleNamespace(is_enabled=False))
        self.assertTrue(identity.update_user.call_args.kwargs["is_enabled"])


if __name__ == "__main__":
    unittest.main()
