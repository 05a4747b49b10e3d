#!/usr/bin/env python3
"""Keeps what no compiler checks: the layers, the limits on length, the words
that must not be there, and that no file is left out of the build.

    tests/tidy/tidy.py [ROOT]

Prints one line for each finding, `path:line: what`, and exits with 1 when
there is any. Exceptions to the lengths are listed, with their number, in
allowed_lengths.txt; an entry that is no longer needed is a finding too, so
that the list only shrinks.
"""

import pathlib
import re
import subprocess
import sys

import cpp_text

HEADER_LINES_MAX = 200
SOURCE_LINES_MAX = 500
FUNCTION_LINES_MAX = 70
COLUMNS_MAX = 80

CPP_FOLDERS = ("engine/", "services/", "tools/", "bench/", "tests/")
TEXT_SUFFIXES = {
    ".cc", ".h", ".proto", ".py", ".txt", ".cmake", ".in", ".md", ".json",
    ".yaml", ".yml", ".toml", ".sh", ".csv", ".service", ".supp",
}


class Tree:
    """The files of the repository, by path from its root."""

    def __init__(self, files, layers, allowed_lengths):
        self.files = files
        self.layers = layers
        self.allowed_lengths = allowed_lengths
        self._code = {}

    def cpp(self, *folders):
        """(path, code without comments and strings) of files in `folders`."""
        for path in sorted(self.files):
            if path.endswith((".h", ".cc")) and path.startswith(folders):
                if path not in self._code:
                    self._code[path] = cpp_text.code_only(self.files[path])
                yield path, self._code[path]


def numbered(text):
    return enumerate(text.splitlines(), start=1)


def matches(pattern, path, text, what):
    """A finding for every line of `text` in which `pattern` occurs."""
    for number, line in numbered(text):
        if re.search(pattern, line):
            yield path, number, what


# Who may include which library, by the first folders of the file. What is
# not named here may be included anywhere.
LIBRARY_OWNERS = [
    (r"grpc|grpcpp|google|tallystick", ("services/", "tools/", "bench/"),
     "gRPC and protobuf are for services and tools"),
    (r"rocksdb", ("engine/storage/", "engine/snapshot/", "engine/log/",
                  "engine/index/", "engine/ledger/", "bench/peers/"),
     "RocksDB is for storage, snapshot, log, index and ledger"),
    (r"nlohmann", ("engine/profile/", "services/", "tools/", "bench/"),
     "in the engine, JSON is for the profile reader"),
    (r"CLI|spdlog|toml\+\+", ("services/", "tools/", "bench/"),
     "flags, log lines and settings are for services and tools"),
    (r"absl/synchronization", (),
     "use engine/base/mutex.h: ThreadSanitizer is blind to absl::Mutex"),
]


def layer_of(path, layers):
    """The layer that `path`, of a file or an include, belongs to: a folder of
    the engine, a folder of services that has a line of its own, services, the
    command line or the API."""
    parts = path.split("/")
    if parts[0] == "engine":
        return parts[1]
    if parts[0] == "services":
        return parts[1] if parts[1] in layers else "services"
    return {"tools": "cli", "tallystick": "proto"}.get(parts[0])


def check_layers(tree):
    include = re.compile(r'^\s*#\s*include\s*["<]([^">]+)[">]')
    for path, _ in tree.cpp("engine/", "services/", "tools/", "bench/"):
        layer = layer_of(path, tree.layers)
        if layer and layer not in tree.layers:
            yield path, 1, f"cmake/layers.txt has no line for {layer}"
            continue
        for number, line in numbered(tree.files[path]):
            match = include.match(line)
            if match:
                what = wrong_include(tree, path, layer, match.group(1))
                if what:
                    yield path, number, what


def wrong_include(tree, path, layer, target):
    """Why the file at `path`, of `layer`, may not include `target`."""
    for library, owners, what in LIBRARY_OWNERS:
        if re.match(rf"({library})(/|$)", target) and (
                not path.startswith(owners) if owners else True):
            return f"includes {target}: {what}"
    below = layer_of(target, tree.layers) if "/" in target else None
    if layer and below not in (None, layer, *tree.layers[layer]):
        return f"{layer} may not see {below}: cmake/layers.txt"
    return None


# What must not be in C++ code: pattern, folders, folders or files excepted,
# and why. Comments and strings are not looked at.
BANNED_CODE = [
    (r"\b(float|double)\b", ("engine/",), (),
     "no floating point in the engine"),
    (r"\bassert\s*\(", CPP_FOLDERS, (), "assert is gone in a release"),
    (r"\bstd::(cout|cerr|clog)\b|\b(std::)?(printf|puts)\s*\(",
     ("engine/", "services/"), (), "the engine and services do not print"),
    (r"\bthrow\b(?!\s*\()", ("engine/", "services/", "tools/"), (),
     "no exceptions of our own"),
    (r"\babsl::Mutex\b|\bstd::(shared_)?(timed_)?mutex\b",
     ("engine/", "services/"), ("engine/base/mutex.h",),
     "use engine/base/mutex.h"),
    (r"\bgetenv\b|\bsystem_clock::now\b|\btime\s*\(\s*(nullptr|NULL|0)\s*\)",
     ("engine/",), ("engine/base/clock.h", "engine/base/clock.cc"),
     "the engine is handed its clock and settings"),
    (r"\brandom_device\b|\brand\s*\(|\bmt19937", ("engine/",), (),
     "no randomness in the engine"),
    (r"\b(class|struct)\s+\w*(Manager|Helper|Util|Utils|Handler|Data|Info)\b",
     ("engine/", "services/", "tools/"), (), "a name that says nothing"),
    (r"\bsleep_for\b|\bsleep_until\b|\busleep\s*\(|\bsleep\s*\(",
     ("tests/",), (), "tests wait for events, they do not sleep"),
    (r"\bGTEST_SKIP\b|\bDISABLED_|\bSUCCEED\s*\(|"
     r"\b(EXPECT|ASSERT)_TRUE\s*\(\s*true\s*\)", ("tests/",), (),
     "a test that cannot fail"),
]


def check_banned_code(tree):
    for pattern, folders, excepted, what in BANNED_CODE:
        for path, code in tree.cpp(*folders):
            if path not in excepted:
                yield from matches(pattern, path, code, what)
    for path, code in tree.cpp(*CPP_FOLDERS):
        if path.endswith(".h"):
            yield from matches(r"\busing\s+namespace\b", path, code,
                               "using namespace in a header")


def check_switches(tree):
    """-Wswitch finds a missing enumerator only where there is no default; a
    switch over anything else says so on the line of its default."""
    for path, code in tree.cpp("engine/"):
        lines = tree.files[path].splitlines()
        for number, line in numbered(code):
            if re.search(r"\bdefault\s*:", line) and (
                    "// Not an enum" not in lines[number - 1]):
                yield path, number, "default: hides a missing enumerator"


def check_words(tree):
    """Marks of unfinished work and paths of somebody's machine, in all
    text."""
    words = re.compile(
        r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK|noco" r"mmit)\b")
    paths = re.compile(r"(?<![\w./])/(home|Users|root|work)/\w")
    for path, text in sorted(tree.files.items()):
        if path.startswith(("LICENSE", "third_party/")):
            continue
        for number, line in numbered(text):
            if words.search(line):
                yield path, number, "a mark of unfinished work"
            if paths.search(line):
                yield path, number, "a path of one machine"


def check_fixed_ports(tree):
    for path in sorted(tree.files):
        if path.startswith("tests/") and path.endswith((".cc", ".h", ".py")):
            yield from matches(
                r"(127\.0\.0\.1|localhost|\[::1?\]|0\.0\.0\.0):[1-9]\d",
                path, tree.files[path], "a fixed port: use port 0")


def check_guards(tree):
    for path, _ in tree.cpp(*CPP_FOLDERS):
        if not path.endswith(".h"):
            continue
        guard = "TALLY_" + re.sub(r"[^A-Za-z0-9]", "_", path).upper() + "_"
        text = tree.files[path]
        if f"#ifndef {guard}\n#define {guard}\n" not in text or (
                not text.endswith(f"#endif  // {guard}\n")):
            yield path, 1, f"the guard is not {guard}"


def check_opening(tree):
    """A header opens with a comment that says what it is."""
    for path, _ in tree.cpp("engine/", "services/", "tools/", "bench/"):
        if path.endswith(".h") and not tree.files[path].startswith("// "):
            yield path, 1, "a header opens with a comment: what is it?"


def check_columns(tree):
    for path, text in sorted(tree.files.items()):
        if path.startswith("third_party/") or not path.endswith(
                (".h", ".cc", ".proto", ".py", ".cmake", "CMakeLists.txt")):
            continue
        for number, line in numbered(text):
            # buf's format keeps an rpc on one line.
            if len(line) > COLUMNS_MAX and not re.search(
                    r"https?://|^\s*(#\s*include|rpc )", line):
                yield path, number, f"{len(line)} columns"


def check_white_space(tree):
    for path, text in sorted(tree.files.items()):
        if path.startswith(("LICENSE", "third_party/")):
            continue
        if pathlib.PurePath(path).suffix not in TEXT_SUFFIXES:
            continue
        if text and not text.endswith("\n"):
            yield path, text.count("\n") + 1, "no newline at the end"
        yield from matches(r"[ \t]+$|\r", path, text,
                           "white space at the end of a line")


def check_lengths(tree):
    """Long files and functions, beyond those that are allowed by name."""
    unused = dict(tree.allowed_lengths)
    for name, path, number, lines, limit in lengths(tree):
        allowed = unused.pop(name, None)
        if lines <= limit and allowed is not None:
            yield path, number, (f"{name} has {lines} lines: take it off "
                                 "allowed_lengths.txt")
        elif lines > limit and (allowed is None or lines > allowed):
            yield path, number, (f"{name} has {lines} lines, more than "
                                 f"{allowed or limit}")
    for name in unused:
        yield "tests/tidy/allowed_lengths.txt", 1, f"{name} does not exist"


def lengths(tree):
    """(name, path, line, lines, limit) of every file and function."""
    for path, _ in tree.cpp(*CPP_FOLDERS):
        text = tree.files[path]
        limit = HEADER_LINES_MAX if path.endswith(".h") else SOURCE_LINES_MAX
        yield path, path, 1, text.count("\n"), limit
        seen = {}
        for function, number, lines in cpp_text.functions(text):
            name = f"{path}:{function}"
            if lines > seen.get(name, (0, 0))[0]:
                seen[name] = (lines, number)
        for name, (lines, number) in seen.items():
            yield name, path, number, lines, FUNCTION_LINES_MAX


def check_dead_files(tree):
    """Every source is named by the CMakeLists.txt of its folder or of one
    above it."""
    for path in sorted(tree.files):
        if not path.endswith((".h", ".cc", ".proto")) or (
                path.startswith("third_party/")):
            continue
        parts = path.split("/")
        for depth in range(len(parts) - 1, -1, -1):
            lists = "/".join(parts[:depth] + ["CMakeLists.txt"])
            name = re.escape("/".join(parts[depth:]))
            if re.search(rf"(?<![\w./]){name}(?![\w.])",
                         tree.files.get(lists, "")):
                break
        else:
            yield path, 1, "no CMakeLists.txt names this file"


CHECKS = [
    check_layers,
    check_banned_code,
    check_switches,
    check_words,
    check_fixed_ports,
    check_guards,
    check_opening,
    check_columns,
    check_white_space,
    check_lengths,
    check_dead_files,
]


def findings(tree):
    return [finding for check in CHECKS for finding in check(tree)]


def read_layers(text):
    layers = {}
    for line in text.splitlines():
        match = re.match(r"([a-z]+):(.*)", line)
        if match:
            layers[match.group(1)] = match.group(2).split()
    return layers


def read_allowed_lengths(text):
    allowed = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            name, lines = line.rsplit(" ", 1)
            allowed[name] = int(lines)
    return allowed


def list_files(root):
    """What git tracks or would track, so that new files are seen as well;
    outside a git repository, everything but what a build leaves behind."""
    git = subprocess.run(
        ["git", "-c", f"safe.directory={root}", "ls-files", "-z", "--cached",
         "--others", "--exclude-standard"],
        cwd=root, capture_output=True)
    if git.returncode == 0:
        return [path for path in git.stdout.decode().split("\0") if path]
    skipped = {"build", "out", "node_modules", "__pycache__", ".git"}
    return [str(file.relative_to(root)) for file in root.rglob("*")
            if not skipped & set(file.relative_to(root).parts)]


def read_tree(root):
    files = {}
    for path in list_files(root):
        file = root / path
        if file.is_file():
            try:
                files[path] = file.read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
    return Tree(
        files,
        read_layers(files["cmake/layers.txt"]),
        read_allowed_lengths(files["tests/tidy/allowed_lengths.txt"]))


def main():
    here = pathlib.Path(__file__).resolve()
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parents[2]
    tree = read_tree(root.resolve())
    found = findings(tree)
    for path, number, what in found:
        print(f"{path}:{number}: {what}")
    print(f"{len(tree.files)} files, {len(found)} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
