"""The examples of README.md, run as they stand there.

A tallyd on a free port is told the samples' story; then every block of shell,
Python and C++ that the README shows under "Post, query, redeem" is run with
that port in the place of PORT.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(sys.argv.pop(1)).resolve()

DELIVERIES = """[{"occurred_at": "2025-03-02", "register_party":
    {"party": "reader", "roles": ["OPERATOR"]}}]"""


def blocks():
    """Language and text of each fenced block of the section, in order."""
    text = (ROOT / "README.md").read_text()
    section = text.split("## Post, query, redeem\n")[1].split("\n## ")[0]
    return re.findall(r"^```(\w*)\n(.*?)^```$", section, re.M | re.S)


def block(language, containing):
    """The one block of this language that contains this text."""
    found = [text for kind, text in blocks()
             if kind == language and containing in text]
    assert len(found) == 1, f"{len(found)} blocks of {language}: {containing}"
    return found[0]


class ReadmeTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.scratch.name)
        with open(cls.folder / "tallyd.log", "w") as log:
            cls.server = subprocess.Popen(
                [BIN / "tallyd", "--data", cls.folder / "ledger",
                 "--listen", "127.0.0.1:0"],
                stdout=subprocess.PIPE, stderr=log, text=True)
        cls.address = cls.server.stdout.readline().split()[-1]
        cls.port = cls.address.split(":")[1]
        subprocess.run(
            [ROOT / "tools/samples/story", BIN / "tally", cls.address,
             cls.folder / "samples"], check=True, stdout=subprocess.DEVNULL)
        for name in ("tests", "proto", "third_party", "tools"):
            (cls.folder / name).symlink_to(ROOT / name)

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait()
        cls.server.stdout.close()
        cls.scratch.cleanup()

    def run_shell(self, text):
        """What a shell prints that stops at the first failure."""
        environment = dict(os.environ)
        environment["PATH"] = f"{BIN}:{ROOT}/tools/buf:" + environment["PATH"]
        environment["TALLY_SERVER"] = self.address
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text.replace("PORT", self.port)],
            cwd=self.folder, env=environment, capture_output=True, text=True)
        self.assertEqual(ran.returncode, 0, f"{text}\n{ran.stdout}{ran.stderr}")
        return ran.stdout

    def test_the_commands_of_tally(self):
        (self.folder / "deliveries.json").write_text(DELIVERIES)
        (self.folder / "deliveries.csv").write_text(
            block("", "Kontrakt;Menge (t)"))
        (self.folder / "map.toml").write_text(block("toml", "[[column]]"))
        printed = self.run_shell(block("", "tally post deliveries.json"))
        self.assertIn("closing", printed)
        self.assertIn("RJC-MELT-9", printed)

    def test_an_event_as_a_person_writes_it(self):
        (self.folder / "event.json").write_text(block("json", '"ship"'))
        ran = subprocess.run(
            [BIN / "tally", "post", self.folder / "event.json", "--dry-run",
             "--server", self.address, "-o", "json"],
            capture_output=True, text=True)
        # It is read whole; only its things are not on this ledger.
        self.assertEqual(ran.returncode, 1, ran.stderr)
        self.assertIn("UNKNOWN_PRODUCT", ran.stdout)

    def test_buf_curl(self):
        printed = self.run_shell(block("", "buf curl"))
        self.assertIn('"quantity"', printed)

    def test_python(self):
        self.run_shell(block("", "grpc_python_plugin"))
        program = self.folder / "example.py"
        program.write_text(
            block("python", "import grpc").replace("PORT", self.port))
        ran = subprocess.run(
            [sys.executable, "-B", program], cwd=self.folder,
            env=dict(os.environ, PYTHONPATH=str(self.folder / "stubs")),
            capture_output=True, text=True)
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertRegex(ran.stdout, r"^[0-9.]+\n$")

    def test_the_cpp_program_is_the_one_that_the_install_test_builds(self):
        consumer = ROOT / "tests/install/consumer/embedded.cc"
        lines = [line.strip() for line in consumer.read_text().splitlines()]
        for line in block("cpp", "Ledger::Open").splitlines():
            code = line.split("  //")[0].strip()
            self.assertIn(code, lines)


if __name__ == "__main__":
    unittest.main()
