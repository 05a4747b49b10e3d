"""The ways of posting that bench/compare holds side by side."""

import dataclasses
import subprocess
import time

from harness.tallyd import Tallyd, run_json


@dataclasses.dataclass(frozen=True)
class Way:
    """One way of one system: its name in tables, and how it is measured."""

    system: str
    name: str
    flags: tuple = ()

    @property
    def key(self):
        return f"{self.system}: {self.name}"


POSTGRES = [
    Way("PostgreSQL", "one by one, 8 clients", ("--clients", 8)),
    Way("PostgreSQL", "one by one, 16 clients", ("--clients", 16)),
    Way("PostgreSQL", "one by one, 32 clients", ("--clients", 32)),
    Way("PostgreSQL", "procedure over 1,000, 2 clients",
        ("--way", "procedure", "--batch", 1000, "--clients", 2)),
    Way("PostgreSQL", "set of 8,000, 2 clients",
        ("--way", "set", "--batch", 8000, "--clients", 2)),
]
LIMITS = [
    Way("machine", "fdatasync, groups of 64", ("--events", 64)),
    Way("machine", "fdatasync, groups of 8,000", ("--events", 8000)),
    Way("machine", "RocksDB with sync, groups of 64",
        ("--way", "rocksdb", "--events", 64)),
    Way("machine", "RocksDB with sync, groups of 8,000",
        ("--way", "rocksdb", "--events", 8000)),
    Way("machine", "gRPC streams of 8,000, decoded alone",
        ("--stream", "--batch", 8000, "--clients", 2)),
]
TALLYSTICK = [
    Way("Tallystick", "one a call, 1 caller", ("--clients", 1)),
    Way("Tallystick", "one a call, 16 callers", ("--clients", 16)),
    Way("Tallystick", "one a call, 64 callers", ("--clients", 64)),
    Way("Tallystick", "100 a call, 4 callers",
        ("--batch", 100, "--clients", 4)),
    Way("Tallystick", "1,000 a call, 2 callers",
        ("--batch", 1000, "--clients", 2)),
    Way("Tallystick", "8,000 a call, 2 callers",
        ("--batch", 8000, "--clients", 2)),
    Way("Tallystick", "streams of 8,000, 2 callers",
        ("--stream", "--batch", 8000, "--clients", 2, "--window", 2)),
    Way("Tallystick", "streams of 8,000, 1,000,000 accounts",
        ("--stream", "--batch", 8000, "--clients", 2, "--window", 2,
         "--accounts", 1_000_000)),
]
HALF_LOAD = Way("Tallystick", "one a call, half of that rate, 64 callers")


class Measurer:
    """Measures one way on servers of its own."""

    def __init__(self, build, folder, seconds, workload, postgres):
        self._build = build
        self._folder = folder
        self._seconds = seconds
        self._workload = workload
        self._postgres = postgres
        self._number = 0
        # Of a request's event; known once the ledger was posted to.
        self.event_bytes = 250

    def measure(self, way):
        self._number += 1
        if way.system == "PostgreSQL":
            return self._postgres.load("--seconds", self._seconds, *way.flags)
        if way.system == "Tallystick":
            return self._tallystick(way.flags)
        if "--stream" in way.flags:
            return self._decode(way.flags)
        return run_json([self._build / "bench/peers/disk_limits", "--data",
                         self._folder / "limits", "--bytes", self.event_bytes,
                         "--seconds", self._seconds, *way.flags])

    def half_load(self, rate):
        """One event a call at that rate, whatever the answers do."""
        return self._tallystick(("--clients", 64, "--rate", rate))

    def _flags(self, flags):
        """The later of two flags counts."""
        given = dict(zip(self._workload[::2], self._workload[1::2]))
        for name in list(given):
            if name in flags:
                del given[name]
        merged = [str(one) for pair in given.items() for one in pair]
        return ["--seconds", str(self._seconds), *merged, *map(str, flags)]

    def _tallystick(self, flags):
        with Tallyd(self._build, self._folder,
                    f"ledger{self._number}") as server:
            result = server.load(*self._flags(flags))
            self.event_bytes = max(1, result["request_bytes"] //
                                   max(1, result["accepted"]))
            # What is still in memory is on disk once it has ended.
            server.stop()
            result["ledger_bytes"] = server.disk_bytes()
            return result

    def _decode(self, flags):
        port = self._folder / "decode.port"
        port.unlink(missing_ok=True)
        server = subprocess.Popen([self._build / "bench/peers/decode_server",
                                   "--port-file", port])
        try:
            while not port.exists() or not port.read_text().endswith("\n"):
                time.sleep(0.01)
            return run_json(
                [self._build / "bench/load", "--json", "--server",
                 "127.0.0.1:" + port.read_text().strip(), "--server-pid",
                 server.pid, "--no-setup", "--no-check",
                 *self._flags(flags)])
        finally:
            server.terminate()
            server.wait()
