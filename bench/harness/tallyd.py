"""A tallyd of one's own, and the load generator against it."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import time

from harness import machine


class Tallyd:
    """Started with a folder of its own below `folder`; stopped at the end."""

    def __init__(self, build, folder, name, *flags):
        self._build = pathlib.Path(build)
        self.data = pathlib.Path(folder) / name
        self._flags = flags
        self._process = None
        self.address = ""
        self.opened_seconds = 0.0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    @property
    def pid(self):
        return self._process.pid

    def start(self):
        port = self.data.with_suffix(".port")
        port.unlink(missing_ok=True)
        log = open(self.data.with_suffix(".log"), "a", encoding="utf-8")
        begin = time.monotonic()
        self._process = subprocess.Popen(
            [self._build / "bin/tallyd", "--data", self.data,
             "--listen", "127.0.0.1:0", "--port-file", port, *self._flags],
            stdout=log, stderr=log)
        while not port.exists() or not port.read_text().strip():
            if self._process.poll() is not None:
                text = self.data.with_suffix(".log").read_text()
                raise RuntimeError(f"tallyd ended:\n{text}")
            time.sleep(0.005)
        self.opened_seconds = time.monotonic() - begin
        self.address = "127.0.0.1:" + port.read_text().strip()

    def stop(self, how=signal.SIGTERM):
        """Ends it, and says how long that took."""
        if self._process is None:
            return 0.0
        begin = time.monotonic()
        self._process.send_signal(how)
        self._process.wait()
        self._process = None
        return time.monotonic() - begin

    def load_command(self, *flags):
        return [self._build / "bench/load", "--json", "--server", self.address,
                "--server-pid", str(self.pid), *map(str, flags)]

    def load(self, *flags):
        return run_json(self.load_command(*flags))

    def memory_bytes(self):
        return machine.memory_bytes(self.pid)

    def disk_bytes(self):
        """Of the log and the indexes. Snapshots, which are copies of the state
        and replace each other, are not in it."""
        return (machine.disk_bytes(self.data) -
                machine.disk_bytes(self.data / "snapshots"))


def run_json(command):
    """What the program says as JSON. It ends the measurement when the program
    finds that something was answered wrongly."""
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE,
                          text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(
            f"{os.path.basename(command[0])} ended with {done.returncode}: "
            f"{done.stdout.strip()}")
    return json.loads(done.stdout)
