"""What a measurement was made on, and what processes take of it."""

import os
import pathlib
import platform
import re
import subprocess

_TICK = os.sysconf("SC_CLK_TCK")


def describe(folder, build):
    """The machine, the file system of `folder` and the build, as pairs."""
    cpu = _field(pathlib.Path("/proc/cpuinfo").read_text(), "model name")
    memory = _field(pathlib.Path("/proc/meminfo").read_text(), "MemTotal")
    cache = (build / "CMakeCache.txt").read_text()
    compiler = _cached(cache, "CMAKE_CXX_COMPILER")
    return [
        ("processor", f"{os.cpu_count()} × {cpu}"),
        ("memory", f"{int(memory.split()[0]) >> 20} GiB"),
        ("kernel", platform.release()),
        ("system", _system()),
        ("file system", _output("findmnt", "-n", "-o", "FSTYPE,OPTIONS",
                                "-T", str(folder))),
        ("build", _cached(cache, "CMAKE_BUILD_TYPE") + ", " +
         _output(compiler, "--version").partition("\n")[0]),
        ("commit", _output("git", "-C", str(pathlib.Path(__file__).parent),
                           "describe", "--always", "--dirty")),
    ]


def _cached(cache, name):
    """An entry of CMake's cache, whatever its type."""
    found = re.search(rf"^{name}:\w+=(.*)$", cache, re.MULTILINE)
    return found.group(1) if found else ""


def load_average():
    return os.getloadavg()[0]


def _system():
    text = pathlib.Path("/etc/os-release").read_text()
    return _field(text, "PRETTY_NAME", "=").strip('"')


def _field(text, name, separator=":"):
    for line in text.splitlines():
        key, found, value = line.partition(separator)
        if found and key.strip() == name:
            return value.strip()
    return ""


def _output(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def family(pid):
    """The process and its children."""
    pids = [pid]
    for stat in pathlib.Path("/proc").glob("[0-9]*/stat"):
        fields = _read(stat).rpartition(")")[2].split()
        if len(fields) > 1 and int(fields[1]) == pid:
            pids.append(int(stat.parent.name))
    return pids


def cpu_seconds(pid):
    """Of the process, its children, and those of them that have ended."""
    ticks = 0
    for one in family(pid):
        fields = _read(f"/proc/{one}/stat").rpartition(")")[2].split()
        if len(fields) < 15:
            continue
        ticks += int(fields[11]) + int(fields[12])
        if one == pid:
            ticks += int(fields[13]) + int(fields[14])
    return ticks / _TICK


def memory_bytes(pid):
    """Resident, of the process and its children; files and shared memory,
    which they have in common, once."""
    own = 0
    shared = 0
    for one in family(pid):
        status = _read(f"/proc/{one}/status")
        own += _kib(status, "RssAnon")
        shared = max(shared, _kib(status, "RssShmem") +
                     _kib(status, "RssFile"))
    return own + shared


def _kib(status, name):
    value = _field(status, name)
    return int(value.split()[0]) << 10 if value else 0


def _read(path):
    try:
        return pathlib.Path(path).read_text()
    except OSError:  # it has just ended
        return ""


def disk_bytes(folder):
    """What the files below the folder take on disk."""
    total = 0
    for path in pathlib.Path(folder).rglob("*"):
        try:
            total += path.lstat().st_blocks * 512
        except FileNotFoundError:
            pass
    return total
