#!/usr/bin/env python3
"""Checks what a running tallyd proves with a verifier that is none of ours:
transparency.py knows RFCs and C2SP documents alone.

    proofs_test.py BIN    where tallyd and tally are
"""

import base64
import json
import os
import pathlib
import stat
import subprocess
import sys
import tempfile
import time
import unittest

import transparency as t

BIN = pathlib.Path(sys.argv.pop())
EVENTS = 600
WITNESS = "witness.example/w1"
WITNESS_SEED = bytes(range(32))


def unhex(text):
    return bytes.fromhex(text)


class OracleTest(unittest.TestCase):
    """The verifier itself, on what the RFCs publish."""

    def test_rfc_8032(self):
        seed = unhex("4ccd089b28ff96da9db6c346ec114e0f"
                     "5b8a319f35aba624da8cf6ed4fb8a6fb")
        signature = unhex("92a009a9f0d4cab8720e820b5f642540"
                          "a2b27b5416503f8fb3762223ebdb69da"
                          "085ac1e43e15996e458f3613d0f11d8c"
                          "387b2eaeb4302aeeb00d291612bb0c00")
        self.assertEqual(t.ed25519_sign(seed, b"\x72"), signature)
        public = t.ed25519_public(seed)
        self.assertTrue(t.ed25519_verify(public, b"\x72", signature))
        self.assertFalse(t.ed25519_verify(public, b"\x73", signature))

    def test_roots_of_rfc_6962(self):
        leaves = [t.leaf_hash(unhex(x)) for x in (
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f")]
        self.assertEqual(
            t.tree_hash(leaves).hex(),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")
        self.assertEqual(
            t.tree_hash(leaves[:3]).hex(),
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")


class Server:
    def __init__(self, folder, *arguments):
        port_file = folder / "port"
        port_file.unlink(missing_ok=True)
        self.err = open(folder / "err", "wb")
        self.process = subprocess.Popen(
            [BIN / "tallyd", "--data", folder / "ledger", "--listen",
             "127.0.0.1:0", "--port-file", port_file, *arguments],
            stdout=subprocess.DEVNULL, stderr=self.err)
        while not port_file.exists():
            if self.process.poll() is not None:
                self.err.close()
                raise RuntimeError((folder / "err").read_text())
            time.sleep(0.01)
        self.address = f"127.0.0.1:{port_file.read_text().strip()}"

    def tally(self, *arguments, text_in=None, fails=None):
        done = subprocess.run(
            [BIN / "tally", *arguments], input=text_in, text=True,
            capture_output=True, check=False,
            env={**os.environ, "TALLY_SERVER": self.address})
        if done.returncode != (fails or 0):
            raise AssertionError(f"{arguments}: {done.returncode}\n"
                                 f"{done.stdout}\n{done.stderr}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.tally(*arguments, "-o", "json"))

    def post(self, first, count):
        lines = "".join(
            json.dumps({"occurred_at": "2025-01-10", "register_party": {
                "party": f"p{i}", "roles": ["OPERATOR"]}}) + "\n"
            for i in range(first, first + count))
        self.tally("post", "-", text_in=lines)

    def checkpoint(self, *arguments):
        answer = self.json("checkpoint", *arguments)
        key = answer["keys"][-1]["verifier_key"]
        return answer["checkpoint"]["note"], key

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.err.close()


class ProofsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.temporary.name)
        keys = cls.folder / "witnesses"
        keys.write_text("# whose signatures are taken\n" + t.verifier_key(
            WITNESS, 4, t.ed25519_public(WITNESS_SEED)) + "\n")
        cls.server = Server(cls.folder, "--witness-keys", keys)
        cls.server.post(0, 7)
        cls.early_note, cls.key = cls.server.checkpoint()
        cls.early_receipt = cls.server.tally("proof", "event", "3")
        cls.server.post(7, EVENTS - 7)
        cls.note, _ = cls.server.checkpoint()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        cls.temporary.cleanup()

    def head(self, note):
        origin, size, root = t.parse_checkpoint(t.verify_note(note, self.key))
        self.assertEqual(origin, self.key.split("+")[0])
        return size, root

    def test_the_key_is_its_owners_alone(self):
        mode = (self.folder / "ledger" / "log.key").stat().st_mode
        self.assertEqual(stat.S_IMODE(mode), 0o600)

    def test_checkpoints_are_signed(self):
        self.assertEqual(self.head(self.early_note)[0], 7)
        self.assertEqual(self.head(self.note)[0], EVENTS)
        with self.assertRaises(ValueError):
            t.verify_note(self.note.replace(f"\n{EVENTS}\n", "\n599\n"),
                          self.key)

    def test_receipts_hold(self):
        for position in (0, 3, 6, 7, 255, 256, EVENTS - 1):
            text = self.server.tally("proof", "event", str(position))
            record, key, index, path, note = t.parse_tlog_proof(text)
            size, root = self.head(note)
            self.assertEqual((index, key), (position, self.key))
            self.assertTrue(t.verify_inclusion(
                t.leaf_hash(record), index, size, path, root))
            self.assertIn(f"p{position}".encode(), record)
            self.assertFalse(t.verify_inclusion(
                t.leaf_hash(record + b"x"), index, size, path, root))

    def test_a_receipt_never_changes(self):
        again = self.server.tally("proof", "event", "3")
        self.assertEqual(again, self.early_receipt)
        *_, note = t.parse_tlog_proof(again)
        self.assertLessEqual(self.head(note)[0], 7)

    def test_inclusion_in_any_tree(self):
        for position, size in ((0, 1), (5, 7), (255, 256), (256, 257),
                               (511, 600), (599, 600)):
            proof = self.server.json(
                "proof", "inclusion", "--position", str(position),
                "--tree-size", str(size))
            path = [base64.b64decode(p) for p in proof.get("path", [])]
            self.assertTrue(t.verify_inclusion(
                base64.b64decode(proof["leaf_hash"]), position, size, path,
                base64.b64decode(proof["root_hash"])))

    def test_trees_only_grow(self):
        size, root = self.head(self.note)
        for old in (1, 7, 256, 257, 511, size):
            proof = self.server.json(
                "proof", "consistency", "--old-tree-size", str(old),
                "--new-tree-size", str(size))
            path = [base64.b64decode(p) for p in proof.get("path", [])]
            old_root = base64.b64decode(proof["old_root_hash"])
            self.assertTrue(
                t.verify_consistency(old, size, path, old_root, root))
            if old == 7:
                self.assertEqual(old_root, self.head(self.early_note)[1])

    def test_tiles_make_the_root(self):
        folder = self.folder / "web"
        self.server.tally("proof", "tiles", str(folder))
        size, root = self.head((folder / "checkpoint").read_text())
        hashes = b"".join(
            (folder / path).read_bytes() for path in
            ("tile/0/000", "tile/0/001", f"tile/0/002.p/{size - 512}"))
        leaves = [hashes[i:i + 32] for i in range(0, len(hashes), 32)]
        self.assertEqual(len(leaves), size)
        self.assertEqual(t.tree_hash(leaves), root)
        upper = (folder / "tile/1/000.p/2").read_bytes()
        self.assertEqual(upper, t.tree_hash(leaves[:256])
                         + t.tree_hash(leaves[256:512]))

    def test_leaves_cannot_be_guessed(self):
        records = [t.parse_tlog_proof(self.server.tally(
            "proof", "event", str(i)))[0] for i in (10, 11)]
        salts = [record[-18:] for record in records]
        for salt in salts:
            # Field 5 of 16 bytes ends the record.
            self.assertEqual(salt[:2], b"\x2a\x10")
        self.assertNotEqual(*salts)

    def test_witnesses_sign(self):
        text = t.verify_note(self.early_note, self.key)
        line = t.cosign(text, WITNESS, WITNESS_SEED, 1_700_000_000)
        answer = self.server.json(
            "proof", "cosign", "--checkpoint-tree-size", "7", "--signature",
            line)
        served = answer["checkpoint"]
        self.assertEqual(served["note"], self.early_note)
        whole = served["note"] + "".join(served["witness_signatures"])
        witness = t.verifier_key(WITNESS, 4, t.ed25519_public(WITNESS_SEED))
        self.assertEqual(t.verify_note(whole, witness), text)
        self.assertEqual(t.verify_note(whole, self.key), text)
        stranger = t.cosign(text, WITNESS, bytes(32), 1_700_000_000)
        other = t.cosign(text + "x\n", WITNESS, WITNESS_SEED, 1_700_000_000)
        for wrong in (stranger, other, "nonsense"):
            self.server.tally("proof", "cosign", "--checkpoint-tree-size", "7",
                              "--signature", wrong, fails=2)

    def test_tally_checks_a_receipt_without_a_server(self):
        receipt = self.server.tally("proof", "event", "300")
        file = self.folder / "300.tlog-proof"

        def check(text, fails, *arguments):
            file.write_text(text)
            done = subprocess.run(
                [BIN / "tally", "proof", "check", file, *arguments],
                capture_output=True, text=True, check=False,
                env={**os.environ, "TALLY_SERVER": "127.0.0.1:1"})
            self.assertEqual(done.returncode, fails, done.stderr)
            return done.stdout

        self.assertIn("p300",
                      check(receipt, 0, "--key", self.key, "-o", "json"))
        check(receipt, 0)
        other = t.verifier_key(self.key.split("+")[0], 1,
                               t.ed25519_public(WITNESS_SEED))
        check(receipt, 6, "--key", other)
        lines = receipt.split("\n")
        for i, line in enumerate(lines):
            if not line:
                continue
            # The last letter before the padding, or the only one there is.
            at = len(line.rstrip("=")) - 2
            changed = "B" if line[at] != "B" else "C"
            spoilt = lines[:]
            spoilt[i] = line[:at] + changed + line[at + 1:]
            check("\n".join(spoilt), 6)


class KeysTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.key_file = self.folder / "ledger" / "log.key"

    def start(self, *arguments):
        server = Server(self.folder, *arguments)
        self.addCleanup(server.stop)
        return server

    def test_a_key_that_others_may_read_is_refused(self):
        self.start().stop()
        self.key_file.chmod(0o644)
        with self.assertRaisesRegex(RuntimeError, "must be 0600"):
            self.start()

    def test_an_origin_may_be_given(self):
        server = self.start("--log-origin", "example.org/ledger")
        server.post(0, 1)
        self.assertTrue(server.checkpoint()[0].startswith(
            "example.org/ledger\n1\n"))

    def test_keys_are_changed_and_the_former_are_kept(self):
        server = self.start()
        server.post(0, 3)
        receipt = server.tally("proof", "event", "1")
        old_note, old_key = server.checkpoint()
        server.stop()
        self.key_file.rename(self.folder / "old.key")

        server = self.start()
        server.post(3, 2)
        answer = server.json("checkpoint")
        self.assertEqual([key["verifier_key"] for key in answer["keys"]][0],
                         old_key)
        self.assertEqual(answer["keys"][1]["from_tree_size"], 3)
        new_key = answer["keys"][1]["verifier_key"]
        t.verify_note(answer["checkpoint"]["note"], new_key)
        self.assertEqual(server.tally("proof", "event", "1"), receipt)
        self.assertEqual(server.checkpoint("--tree-size", "3")[0], old_note)

    def test_the_key_of_another_log_is_refused(self):
        server = self.start()
        server.post(0, 1)
        server.stop()
        text = self.key_file.read_text()
        material = text.strip().split("+", 4)[4]
        public = t.ed25519_public(base64.b64decode(material)[1:])
        number = t.key_id("example.org/other", 1, public).hex()
        self.key_file.write_text(
            f"PRIVATE+KEY+example.org/other+{number}+{material}\n")
        with self.assertRaisesRegex(RuntimeError, "the key is that of the log"):
            self.start()


class VerifyTest(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.folder = pathlib.Path(self.temporary.name)
        self.data = self.folder / "ledger"
        self.server = Server(self.folder)
        self.addCleanup(self.server.stop)
        self.server.post(0, 300)
        self.server.checkpoint()

    def verify(self, fails, *arguments):
        done = subprocess.run(
            [BIN / "tally", "verify", self.data, "-o", "json", *arguments],
            capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, fails, done.stdout + done.stderr)
        return json.loads(done.stdout) if fails in (0, 6) else None

    def files(self):
        return {path: path.read_bytes() for path in self.data.rglob("*")
                if path.is_file()}

    def test_a_whole_folder_holds_and_is_not_written_to(self):
        self.server.stop()
        before = self.files()
        report = self.verify(0)
        self.assertEqual(report["tree_size"], 300)
        self.assertEqual(report["replayed"], 300)
        self.assertGreaterEqual(report["checkpoints"], 1)
        self.assertEqual(report["findings"], [])
        self.assertEqual(self.files(), before)

    def test_a_folder_is_verified_beside_its_server(self):
        self.assertEqual(self.verify(0)["replayed"], 300)

    def test_as_known_at_a_position(self):
        self.server.stop()
        self.assertEqual(self.verify(0, "--as-known-at", "41")["replayed"], 42)
        self.verify(2, "--as-known-at", "300")

    def test_a_changed_record_is_found(self):
        self.server.stop()
        found = 0
        for path, whole in self.files().items():
            at = whole.find(b"p150")
            if path.parent.name != "log" or at < 0:
                continue
            found += 1
            path.write_bytes(whole[:at] + b"q150" + whole[at + 4:])
            report = self.verify(6)
            self.assertTrue(report["findings"])
            path.write_bytes(whole)
        self.assertGreater(found, 0)
        self.verify(0)

    def test_no_ledger_is_no_damage(self):
        self.data = self.folder / "nowhere"
        self.verify(3)


if __name__ == "__main__":
    unittest.main()
