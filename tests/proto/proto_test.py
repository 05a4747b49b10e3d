#!/usr/bin/env python3
"""The API is lint-clean, formatted, and breaks nothing of what was published.

tallystick_v1.binpb beside this file is the published API. After a change that
is meant to break it (before 1.0, with a line in CHANGELOG.md), or when a
version is published: tests/proto/renew_baseline
"""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BASELINE = HERE / "tallystick_v1.binpb"


def buf(root, *arguments):
    """What `buf` printed in `root`, and whether it was content."""
    with tempfile.TemporaryDirectory() as cache:
        done = subprocess.run(
            [ROOT / "tools/buf/buf", *arguments], cwd=root,
            env=dict(os.environ, BUF_CACHE_DIR=cache), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.stdout, done.returncode == 0


class ApiTest(unittest.TestCase):
    def assert_content(self, *arguments):
        output, content = buf(ROOT, *arguments)
        self.assertTrue(content, f"buf {' '.join(arguments)}:\n{output}")

    def test_lint(self):
        self.assert_content("lint")

    def test_format(self):
        self.assert_content("format", "--diff", "--exit-code")

    def test_nothing_breaks(self):
        output, content = buf(ROOT, "breaking", "--against", str(BASELINE))
        self.assertTrue(content, f"{output}\nIf this is meant to break the "
                        "API: tests/proto/renew_baseline")


class ChecksTest(unittest.TestCase):
    """The checks above find what they are for."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.root = pathlib.Path(scratch.name)
        shutil.copy(ROOT / "buf.yaml", self.root)
        shutil.copytree(ROOT / "proto", self.root / "proto")
        self.checked = self.root / "proto/tallystick/v1/checked.proto"
        self.write("int64 amount = 1;")
        self.baseline = str(self.root / "baseline.binpb")
        self.assertTrue(buf(self.root, "build", "-o", self.baseline)[1])

    def write(self, field, comment="  // The amount, in base units.\n"):
        self.checked.write_text(
            'syntax = "proto3";\n\npackage tallystick.v1;\n\n'
            "// What is checked.\n"
            f"message Checked {{\n{comment}  {field}\n}}\n")

    def breaks(self):
        return not buf(self.root, "breaking", "--against", self.baseline)[1]

    def test_the_copy_is_clean(self):
        self.assertEqual(buf(self.root, "lint"), ("", True))
        self.assertFalse(self.breaks())

    def test_a_field_without_a_comment(self):
        self.write("int64 amount = 1;", comment="")
        self.assertFalse(buf(self.root, "lint")[1])

    def test_a_field_named_against_the_standard(self):
        self.write("int64 theAmount = 1;")
        self.assertFalse(buf(self.root, "lint")[1])

    def test_a_narrower_field(self):
        self.write("int32 amount = 1;")
        self.assertTrue(self.breaks())

    def test_another_number(self):
        self.write("int64 amount = 2;")
        self.assertTrue(self.breaks())

    def test_another_name(self):
        self.write("int64 total = 1;")
        self.assertTrue(self.breaks())


if __name__ == "__main__":
    unittest.main()
