"""Objects of Nova and Glance, and the client of the APIs."""

import io
import os
import tempfile
import unittest
import urllib.error
from unittest import mock

import api_client
import cloud_objects
from api_client import Refused, Trouble

TOKEN = {
    "catalog": [
        {
            "type": "image",
            "endpoints": [
                {"interface": "internal", "region_id": "here", "url": "http://wrong"},
                {"interface": "public", "region_id": "here", "url": "http://glance/v2/"},
            ],
        }
    ]
}


class Endpoint(unittest.TestCase):
    def test_is_the_public_one_of_the_region(self):
        self.assertEqual(api_client.endpoint("Glance", "image", TOKEN, "here"), "http://glance/v2")

    def test_that_is_missing_is_told(self):
        with self.assertRaisesRegex(Trouble, "Glance: the catalog names no public endpoint of type image in region x"):
            api_client.endpoint("Glance", "image", TOKEN, "x")


class Message(unittest.TestCase):
    def message(self, body):
        return api_client.message(urllib.error.HTTPError("http://x", 409, "Conflict", {}, io.BytesIO(body)))

    def test_is_what_the_service_says_in_one_line(self):
        self.assertEqual(self.message(b'{"NeutronError": {"message": "in\\nuse"}}'), "in use")
        self.assertEqual(self.message(b'{"error": {"message": "no"}}'), "no")

    def test_is_the_status_where_it_says_nothing(self):
        self.assertEqual(self.message(b"<html>"), "Conflict")


class Patiently(unittest.TestCase):
    def asked(self, *statuses):
        left = list(statuses)

        def request(*_):
            status = left.pop(0)
            if status != 200:
                raise Refused("Nova", status, "busy")
            return "answer", {}

        with mock.patch.object(api_client, "request", request), mock.patch.object(api_client.time, "sleep"):
            return api_client.patiently("Nova", "GET", "http://x", None, "t")

    def test_asks_a_busy_service_again(self):
        self.assertEqual(self.asked(503, 503, 200), "answer")

    def test_gives_up(self):
        for statuses in ((404,), (503,) * api_client.TRIES):
            with self.assertRaises(Refused):
                self.asked(*statuses)


class Credentials(unittest.TestCase):
    def test_a_missing_file_is_told_by_its_name(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "clouds.yaml")
            yaml = mock.MagicMock(YAMLError=ValueError)
            with (
                mock.patch.dict("sys.modules", yaml=yaml),
                mock.patch.object(api_client, "CLOUDS", path),
                self.assertRaisesRegex(Trouble, "clouds.yaml cannot be read"),
            ):
                api_client.credentials()


class Look(unittest.TestCase):
    WANT = {"kind": "image", "name": "guest", "is": ["status"]}

    def looked(self, *images):
        with mock.patch.object(cloud_objects, "patiently", lambda *_: {"images": list(images)}):
            return cloud_objects.look("here", "t", TOKEN, self.WANT)

    def test_other_names_do_not_count(self):
        self.assertIsNone(self.looked({"name": "guest-2"}))
        self.assertEqual(self.looked({"name": "guest", "status": "active"}, {"name": "x"}), {"status": "active"})

    def test_two_of_one_name_are_a_trouble(self):
        with self.assertRaisesRegex(Trouble, "2 of kind image are called guest"):
            self.looked({"name": "guest"}, {"name": "guest"})


if __name__ == "__main__":
    unittest.main()
