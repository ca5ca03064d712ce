"""What the probe of a text file prints."""

import os
import tempfile
import unittest

import probe


class Look(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = os.path.join(self.folder.name, "file")

    def looked(self, content):
        return probe.look({"path": self.path, "content": content})

    def test_missing(self):
        self.assertEqual(self.looked("x"), {"exists": False})

    def test_a_folder_is_a_problem(self):
        os.mkdir(self.path)
        self.assertEqual(self.looked("x"), {"exists": True, "problem": "Is a directory"})

    def test_the_text_is_there_only_where_it_differs(self):
        with open(self.path, "w") as file:
            file.write("one\n")
        os.chmod(self.path, 0o600)
        same = self.looked("one\n")
        self.assertTrue(same["same"])
        self.assertEqual(same["mode"], "0600")
        self.assertNotIn("text", same)
        self.assertEqual(self.looked("two\n")["text"], "one\n")

    def test_a_long_text_is_not_printed(self):
        with open(self.path, "w") as file:
            file.write("x" * (probe.LARGEST + 1))
        self.assertNotIn("text", self.looked("y"))


if __name__ == "__main__":
    unittest.main()
