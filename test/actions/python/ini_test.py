"""Editing lines of an ini file."""

import unittest

import ini

SHIPPED = ["[DEFAULT]", "#debug = false", "hosts = a,", "  b", "", "[oslo]", "; a comment"]


class Split(unittest.TestCase):
    def test_an_option_ends_at_the_first_sign(self):
        for line, expected in {
            "debug = true": ("debug", "true"),
            "url: http://x": ("url", "http://x"),
            "a = b: c": ("a", "b: c"),
            "flag": ("flag", ""),
        }.items():
            self.assertEqual(ini.split(line), expected)

    def test_other_lines_are_no_options(self):
        for line in ("", "# debug = true", "; x = y", "[DEFAULT]", "  continued"):
            self.assertIsNone(ini.split(line))


class Occurrences(unittest.TestCase):
    def test_continuation_lines_belong_to_the_value(self):
        self.assertEqual(list(ini.occurrences(SHIPPED, "DEFAULT", "hosts")), [(2, 4, "a,\nb")])

    def test_a_section_may_be_in_a_file_twice(self):
        lines = ["[a]", "x = 1", "[b]", "x = 2", "[a]", "x = 3"]
        self.assertEqual([value for _, _, value in ini.occurrences(lines, "a", "x")], ["1", "3"])


class Edit(unittest.TestCase):
    def edited(self, section, option, value, before=SHIPPED):
        lines = list(before)
        return ini.edit(lines, section, option, value), lines

    def test_a_new_option_goes_below_its_example(self):
        changed, lines = self.edited("DEFAULT", "debug", "true")
        self.assertTrue(changed)
        self.assertEqual(lines[1:3], ["#debug = false", "debug = true"])

    def test_a_new_section_goes_to_the_end(self):
        self.assertEqual(self.edited("cache", "enabled", "true")[1][-3:], ["", "[cache]", "enabled = true"])

    def test_the_second_edit_changes_nothing(self):
        _, lines = self.edited("DEFAULT", "debug", "true")
        self.assertEqual(self.edited("DEFAULT", "debug", "true", lines), (False, lines))

    def test_an_option_that_is_set_twice_is_set_once(self):
        changed, lines = self.edited("a", "x", "1", ["[a]", "x = 1", "x = 2"])
        self.assertTrue(changed)
        self.assertEqual(lines, ["[a]", "x = 1"])

    def test_none_removes_the_option_with_its_continuation(self):
        changed, lines = self.edited("DEFAULT", "hosts", None)
        self.assertTrue(changed)
        self.assertNotIn("  b", lines)
        self.assertFalse(self.edited("DEFAULT", "absent", None)[0])


if __name__ == "__main__":
    unittest.main()
