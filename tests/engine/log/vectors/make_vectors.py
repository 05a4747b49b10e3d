#!/usr/bin/env python3
"""Writes the test vectors of the log from its documentation alone: RFC 6962
for the tree, docs/log_format.md for records and chunks. It shares no code
with the engine, whose tests compare what it does with these files.

    make_vectors.py          writes merkle.txt and records.txt beside this file
    make_vectors.py --check  exits with 1 where they are not what it writes
"""

import hashlib
import pathlib
import struct
import sys
import uuid

HERE = pathlib.Path(__file__).resolve().parent


# --- RFC 6962, section 2.1, word for word --------------------------------

def sha256(data):
    return hashlib.sha256(data).digest()


def split(n):
    """The largest power of two smaller than n."""
    k = 1
    while 2 * k < n:
        k *= 2
    return k


class Tree:
    """MTH, PATH and SUBPROOF over the leaves, remembered by their range."""

    def __init__(self, entries):
        self.leaves = [sha256(b"\x00" + entry) for entry in entries]
        self.known = {}

    def mth(self, begin, end):
        if begin == end:
            return sha256(b"")
        if end - begin == 1:
            return self.leaves[begin]
        if (begin, end) not in self.known:
            k = begin + split(end - begin)
            self.known[begin, end] = sha256(
                b"\x01" + self.mth(begin, k) + self.mth(k, end))
        return self.known[begin, end]

    def path(self, m, begin, end):
        if end - begin == 1:
            return []
        k = split(end - begin)
        if m < k:
            return self.path(m, begin, begin + k) + [self.mth(begin + k, end)]
        return self.path(m - k, begin + k, end) + [self.mth(begin, begin + k)]

    def subproof(self, m, begin, end, known):
        if m == end - begin:
            return [] if known else [self.mth(begin, end)]
        k = split(end - begin)
        if m <= k:
            return (self.subproof(m, begin, begin + k, known)
                    + [self.mth(begin + k, end)])
        return (self.subproof(m - k, begin + k, end, False)
                + [self.mth(begin, begin + k)])


# The eight leaves that implementations of RFC 6962 have in their tests.
RFC_LEAVES = [bytes.fromhex(text) for text in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f")]

LEAVES = 70_000
PAIRS_BELOW = 14
SIZES = [255, 256, 257, 511, 512, 513, 4095, 4096, 4097, 65535, 65536, 65537,
         LEAVES]


def merkle_vectors():
    yield "# root SIZE HASH, of the eight leaves of RFC 6962's tests"
    tree = Tree(RFC_LEAVES)
    for n in range(len(RFC_LEAVES) + 1):
        yield f"rfc_root {n} {tree.mth(0, n).hex()}"
    yield "# leaf i is the decimal text of i; proofs are their hashes' SHA-256"
    yield "# root SIZE HASH; path INDEX SIZE COUNT HASH;"
    yield "# consistency OLD_SIZE NEW_SIZE COUNT HASH"
    tree = Tree([str(i).encode() for i in range(LEAVES)])
    for n in list(range(PAIRS_BELOW)) + SIZES:
        yield f"root {n} {tree.mth(0, n).hex()}"
        for m in sorted(chosen(n)):
            proof = tree.path(m, 0, n)
            yield f"path {m} {n} {len(proof)} {sha256(b''.join(proof)).hex()}"
        for m in sorted(chosen(n) | {n}):
            if m > 0:
                proof = tree.subproof(m, 0, n, True)
                yield (f"consistency {m} {n} {len(proof)} "
                       f"{sha256(b''.join(proof)).hex()}")


def chosen(n):
    """All indices of a small tree; the edges and a few of a large one."""
    if n < PAIRS_BELOW:
        return set(range(n))
    return {0, 1, 255, 256, 4096, n // 2, n // 3, n - 2, n - 1} & set(range(n))


# --- docs/log_format.md ----------------------------------------------------

def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def zigzag(value):
    return 2 * value if value >= 0 else -2 * value - 1


def number(field, value):
    return varint(field << 3) + varint(value)


def text(field, value):
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def decimal(field, mantissa, scale):
    return text(field, (number(1, mantissa) if mantissa else b"")
                + (number(2, scale) if scale else b""))


def claim(field, scheme, model):
    return text(field, text(1, scheme) + number(2, model))


MASS_BALANCE = 4
SEGREGATED = 2


def events():
    """The events of record_vectors_test.cc, by name."""
    receive = (text(1, "mill-1") + text(2, "ffb") + decimal(3, 4150, 2)
               + claim(4, "rspo-2020", MASS_BALANCE) + text(6, "grove")
               + text(9, text(1, "MY") + decimal(2, 0, 1)))
    yield "receive", (
        text(1, uuid.UUID("0123abcd-0000-4000-8000-00000000beef").bytes)
        + number(2, zigzag(1740787200000000)) + text(3, "BL-77")
        + text(22, receive))

    line = (text(1, "cpo") + decimal(2, 10, 0)
            + claim(3, "rspo-2020", SEGREGATED) + number(5, 0)
            + text(6, b"")
            + text(8, text(1, "B1") + number(2, 1) + number(3, 100)))
    ship = (text(1, "S1") + text(2, "mill-1") + text(3, "refinery")
            + text(5, line) + text(5, text(1, "pk") + decimal(2, 3, 1)))
    yield "ship", (
        text(1, uuid.UUID("ffffffff-ffff-4fff-bfff-ffffffffffff").bytes)
        + number(2, zigzag(-1)) + text(4, "trader") + text(23, ship))

    certificate = (text(1, "C-1") + text(2, "rspo-2020") + text(3, "mill")
                   + text(4, "body") + text(5, "mill-1") + text(5, "mill-2")
                   + text(6, "*") + text(7, varint(2) + varint(4))
                   + number(8, zigzag(19723)) + number(9, zigzag(-365))
                   + text(10, text(1, "cpo") + decimal(2, 5000, 0))
                   + number(12, 1))
    yield "grant_certificate", (
        text(1, uuid.UUID("00000000-0000-4000-8000-000000000001").bytes)
        + text(49, certificate))

    yield "lapse", text(55, text(1, "S" + 40 * "0123456789"))


def records():
    decision = (text(1, varint(1) + varint(6))
                + text(2, text(1, "B1") + number(2, 1) + number(3, 60))
                + text(2, text(1, "B2") + number(2, 5) + number(3, 5))
                + text(3, varint(100) + varint(0) + varint(-7)))
    for position, (name, event) in enumerate(events()):
        record = number(1, position) if position else b""
        record += number(2, zigzag(1740787200000001 + position))
        record += text(3, event)
        if name == "ship":
            record += text(4, decision)
        if name == "lapse":
            record += text(5, bytes(range(32)))
        yield name, event, record


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def chunk(encoded, version=2, more=b""):
    """The records from position 0 on as the only chunk of the first group;
    `more`: fields of the header that no program has yet."""
    tree = Tree(encoded)
    ends = b""
    at = 0
    for record in encoded:
        at += len(record)
        ends += struct.pack("<I", at)
    head = struct.pack("<HH", version, 0 if version == 1 else 128 + len(more))
    rest = struct.pack("<QqIIqq", 9, 0, len(encoded), 3, 0,
                       1740787200000000 + len(encoded))
    rest += tree.mth(0, 0) + tree.mth(0, len(encoded))
    rest += struct.pack("<qII", 0, len(encoded), at)
    rest += more + ends + b"".join(encoded)
    return head + struct.pack("<I", crc32c(head + rest)) + rest


def record_vectors():
    yield "# event NAME BYTES; digest NAME SHA-256; record NAME BYTES;"
    yield "# leaf NAME HASH; chunk of all the records: as it is written, of"
    yield "# format 1, with a longer header, of a format that is not known"
    encoded = []
    for name, event, record in records():
        yield f"event {name} {event.hex()}"
        yield f"digest {name} {sha256(event).hex()}"
        yield f"record {name} {record.hex()}"
        yield f"leaf {name} {sha256(bytes(1) + record).hex()}"
        encoded.append(record)
    yield f"chunk all {chunk(encoded).hex()}"
    yield f"chunk format_1 {chunk(encoded, version=1).hex()}"
    yield f"chunk longer {chunk(encoded, more=bytes(range(24))).hex()}"
    yield f"chunk format_3 {chunk(encoded, version=3).hex()}"


def main():
    different = False
    for name, lines in (("merkle.txt", merkle_vectors()),
                        ("records.txt", record_vectors())):
        wanted = "".join(line + "\n" for line in lines)
        file = HERE / name
        if "--check" in sys.argv[1:]:
            if not file.exists() or file.read_text() != wanted:
                print(f"{file} is not what {sys.argv[0]} writes")
                different = True
        else:
            file.write_text(wanted)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
