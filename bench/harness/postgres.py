"""A PostgreSQL of one's own, as durable as the ledger is."""

import getpass
import os
import pathlib
import pwd
import shutil
import subprocess
import threading

from harness import machine
from harness.tallyd import run_json

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
_SCHEMA = pathlib.Path(__file__).parent.parent / "peers/schema.sql"

# What differs from the defaults: room for the data in memory, no checkpoint in
# the middle of a measurement, nothing that is less durable.
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "2GB",
    "effective_cache_size": "6GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "256MB",
    "wal_buffers": "64MB",
    "max_wal_size": "16GB",
    "min_wal_size": "2GB",
    "checkpoint_timeout": "30min",
    "max_connections": "100",
    "random_page_cost": "1.1",
    "jit": "off",
    "listen_addresses": "''",
}


def missing():
    """Why it cannot be started; empty if it can."""
    if not (BINARIES / "postgres").exists():
        return (f"there is no {BINARIES}/postgres; "
                "tools/install-dependencies bench installs it")
    return ""


class Postgres:
    """A cluster in a folder of its own, with an empty database for each
    measurement that is a copy of one with all accounts."""

    def __init__(self, build, folder, workload):
        self._load = pathlib.Path(build) / "bench/peers/postgres_load"
        self.folder = pathlib.Path(folder) / "postgres"
        self._data = self.folder / "data"
        self._workload = list(map(str, workload))
        self._process = None
        # It refuses to run as root.
        self._user = getpass.getuser()
        if os.getuid() == 0:
            names = {entry.pw_name for entry in pwd.getpwall()}
            self._user = "postgres" if "postgres" in names else "nobody"

    def __enter__(self):
        self.folder.mkdir()
        shutil.chown(self.folder, self._user)
        self._run("initdb", "-D", self._data, "-U", "bench", "-A", "trust",
                  "-E", "UTF8", "--locale", "C")
        settings = [f"{name} = {value}\n" for name, value in SETTINGS.items()]
        with open(self._data / "postgresql.conf", "a",
                  encoding="utf-8") as file:
            file.writelines(settings)
            file.write(f"unix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", "-D", self._data, "-w", "-l",
                  self.folder / "log", "start")
        self.pid = int((self._data / "postmaster.pid").read_text().split()[0])
        self._sql("postgres", "CREATE DATABASE world")
        self._sql("world", _SCHEMA.read_text())
        subprocess.run([self._load, "--connect", self.where("world"), "--fill",
                        *self._workload], check=True)
        self._sql("world", "VACUUM ANALYZE")
        return self

    def __exit__(self, *_):
        self._run("pg_ctl", "-D", self._data, "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def where(self, database):
        return f"host={self.folder} user=bench dbname={database}"

    def version(self):
        return self._query("postgres", "SHOW server_version")

    def load(self, *flags):
        """One measurement, on a fresh copy of the world."""
        self._sql("postgres", "CREATE DATABASE bench TEMPLATE world")
        self._sql("postgres", "CHECKPOINT")
        before = machine.cpu_seconds(self.pid)
        with MemoryWatch(self.pid) as watch:
            result = run_json([self._load, "--json", "--connect",
                               self.where("bench"), *self._workload,
                               *map(str, flags)])
        result["server_cpu_ms"] = round(
            1000 * (machine.cpu_seconds(self.pid) - before))
        result["server_peak_resident_bytes"] = watch.peak
        grown = int(self._query(
            "bench", "SELECT pg_database_size('bench')"
            " - pg_database_size('world')"))
        result["disk_bytes"] = grown
        self._sql("postgres", "DROP DATABASE bench")
        return result

    def _run(self, program, *arguments):
        user = {}
        if os.getuid() == 0:
            user = {"user": self._user, "group": pwd.getpwnam(
                self._user).pw_gid, "extra_groups": []}
        subprocess.run([BINARIES / program, *arguments], check=True,
                       cwd=self.folder, stdout=subprocess.DEVNULL, **user)

    def _query(self, database, sql):
        done = subprocess.run(
            [BINARIES / "psql", "-X", "-q", "-t", "-A", "-v",
             "ON_ERROR_STOP=1", "-d", self.where(database), "-c", sql],
            check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def _sql(self, database, sql):
        subprocess.run(
            [BINARIES / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d",
             self.where(database), "-f", "-"],
            check=True, input=sql, text=True, stdout=subprocess.DEVNULL)


class MemoryWatch:
    """The most memory that a process and its children had."""

    def __init__(self, pid):
        self._pid = pid
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peak = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        self._thread.join()

    def _watch(self):
        while not self._end.wait(0.5):
            self.peak = max(self.peak, machine.memory_bytes(self._pid))
