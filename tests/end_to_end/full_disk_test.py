#!/usr/bin/env python3
"""A real disk that is full: a file system of its own, in memory, is filled to
the last block under a running tallyd. It stops taking events and says why,
what was read can be read still, and nothing acknowledged is lost once there is
room again.

    full_disk_test.py [--limit] BIN    where tallyd and tally are

Mounting needs a namespace of mounts: as root, or where users may have their
own. Where neither is so the test says it and lets tallyd's files grow no
further instead, by a limit on their size: the same answers for another cause.
--limit does so in any case.
"""

import atexit
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

MEBIBYTE = 1 << 20
DISK = 64 * MEBIBYTE
EVENTS_A_POST = 500
POSTS_MAX = 400


class Disk:
    """A file system that can be filled, or a limit that looks alike."""

    def __init__(self, folder, mounted):
        self.folder = folder
        self.mounted = mounted
        self.ballast = folder / "ballast"
        self.cause = "No space left" if mounted else "File too large"

    def fill(self, process):
        if not self.mounted:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE,
                             (256 << 10, resource.RLIM_INFINITY))
            return
        with open(self.ballast, "wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(4096))
            except OSError as error:
                assert error.strerror == "No space left on device", error
        assert os.statvfs(self.folder).f_bavail == 0

    def mend(self):
        self.ballast.unlink(missing_ok=True)


class Server:
    def __init__(self, binaries, folder):
        self.binaries = binaries
        self.ports = tempfile.TemporaryDirectory()
        port = pathlib.Path(self.ports.name) / "port"
        self.errors = pathlib.Path(self.ports.name) / "err"
        with open(self.errors, "wb") as errors:
            self.process = subprocess.Popen(
                [binaries / "tallyd", "--data", folder / "ledger",
                 "--listen", "127.0.0.1:0", "--port-file", port],
                stdout=subprocess.DEVNULL, stderr=errors)
        # Where the test fails, too.
        atexit.register(self.process.kill)
        while not port.exists() and self.process.poll() is None:
            time.sleep(0.01)
        self.address = (f"127.0.0.1:{port.read_text().strip()}"
                        if port.exists() else "")

    def tally(self, *arguments, text=None):
        return subprocess.run(
            [self.binaries / "tally", *arguments], input=text, text=True,
            capture_output=True, check=False,
            env={**os.environ, "TALLY_SERVER": self.address})

    def stop(self):
        self.process.terminate()
        self.process.wait()


def events(post):
    """The events of one post; their ids are the same each time."""
    return "".join(json.dumps({
        "id": f"00000000-0000-4000-8000-{post:06d}{i:06d}",
        "occurred_at": "2025-01-10",
        "register_party": {"party": f"p-{post}-{i}", "roles": ["OPERATOR"]},
    }) + "\n" for i in range(EVENTS_A_POST))


def accepted(done):
    return done.returncode == 0 and f" {EVENTS_A_POST} accepted" in done.stderr


def repeated(done):
    """Whether all of a post was in the log before."""
    return (done.returncode == 0 and
            f" {EVENTS_A_POST} posted before" in done.stderr)


def expect(holds, what):
    if not holds:
        raise SystemExit(f"full_disk_test: {what}")


def run(binaries, folder, mounted):
    disk = Disk(folder, mounted)
    server = Server(binaries, folder)
    acknowledged = 0
    for _ in range(3):
        done = server.tally("post", "-", text=events(acknowledged))
        expect(accepted(done), done.stderr)
        acknowledged += 1

    disk.fill(server.process)
    for _ in range(POSTS_MAX):
        done = server.tally("post", "-", text=events(acknowledged))
        if not accepted(done):
            break
        acknowledged += 1
    expect(done.returncode != 0, "it took more than the disk has room for")
    expect("ledger stopped" in done.stderr and disk.cause in done.stderr,
           f"it does not say why it stopped: {done.stderr}")
    again = server.tally("post", "-", text=events(acknowledged))
    expect(again.returncode != 0 and disk.cause in again.stderr,
           f"it goes on after it stopped: {again.stderr}")
    last = f"00000000-0000-4000-8000-{acknowledged - 1:06d}{0:06d}"
    read = server.tally("event", "get", last)
    expect(read.returncode == 0, f"reads do not go on: {read.stderr}")
    server.stop()

    if mounted:
        failed = Server(binaries, folder)
        if failed.address:
            failed.stop()
        else:
            said = failed.errors.read_text()
            expect("No space left" in said, f"it does not say why: {said}")
        disk.mend()
    else:
        server = Server(binaries, folder)
        server.stop()

    verified = server.tally("verify", folder / "ledger")
    expect(verified.returncode == 0, verified.stdout + verified.stderr)
    server = Server(binaries, folder)
    for post in range(acknowledged):
        done = server.tally("post", "-", text=events(post))
        expect(repeated(done), f"post {post} is lost: {done.stderr}")
    head = json.loads(server.tally("checkpoint", "-o", "json").stdout)
    size = int(head["checkpoint"]["tree_size"])
    # What was not acknowledged is wholly there or wholly absent.
    expect(size in (acknowledged * EVENTS_A_POST,
                    (acknowledged + 1) * EVENTS_A_POST),
           f"{size} events in the log, {acknowledged} posts acknowledged")
    server.stop()
    print(f"{'full disk' if mounted else 'limit on files'}: acknowledged "
          f"{acknowledged * EVENTS_A_POST} events, lost 0")


def mount_and_run(binaries, folder):
    """In a namespace of its own, into which main() has started this again."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "full",
                    folder], check=True)
    run(binaries, pathlib.Path(folder), mounted=True)


def may_mount(prefix, folder):
    done = subprocess.run(
        [*prefix, "mount", "-t", "tmpfs", "-o", "size=1m", "try", folder],
        capture_output=True, check=False)
    return done.returncode == 0


def main():
    binaries = pathlib.Path(sys.argv[-1]).resolve()
    if "--mount" in sys.argv:
        return mount_and_run(binaries, sys.argv[2])
    with tempfile.TemporaryDirectory() as folder:
        for prefix in (["unshare", "--mount"],
                       ["unshare", "--mount", "--map-root-user"]):
            if "--limit" not in sys.argv and may_mount(prefix, folder):
                return subprocess.run(
                    [*prefix, sys.executable, "-B", __file__, "--mount",
                     folder, binaries], check=False).returncode
        print("nothing is mounted here: tallyd's files are limited in their "
              "size instead")
        run(binaries, pathlib.Path(folder), mounted=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
