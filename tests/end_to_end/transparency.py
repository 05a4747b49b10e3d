"""An independent reader of transparency logs: RFC 9162 for the tree, C2SP for
notes, checkpoints, tiles and proofs, RFC 8032 for signatures. It knows these
documents and nothing of the ledger.
"""

import base64
import hashlib

# --- RFC 8032, Ed25519 -------------------------------------------------------

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_1 = pow(2, (P - 1) // 4, P)


def _sha512(*parts):
    return hashlib.sha512(b"".join(parts)).digest()


def _add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = _add(q, p)
        p = _add(p, p)
        n >>= 1
    return q


def _decode_point(data):
    y = int.from_bytes(data, "little")
    sign = y >> 255
    y &= (1 << 255) - 1
    if y >= P:
        raise ValueError("no point")
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * ROOT_OF_MINUS_1 % P
    if (x * x - x2) % P or (x == 0 and sign):
        raise ValueError("no point")
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def _encode_point(p):
    z = pow(p[2], P - 2, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def _secret(seed):
    digest = _sha512(seed)
    a = int.from_bytes(digest[:32], "little")
    return (a & (1 << 254) - 8) | 1 << 254, digest[32:]


def ed25519_public(seed):
    return _encode_point(_times(_secret(seed)[0], BASE))


def ed25519_sign(seed, text):
    a, prefix = _secret(seed)
    public = ed25519_public(seed)
    r = int.from_bytes(_sha512(prefix, text), "little") % L
    point = _encode_point(_times(r, BASE))
    k = int.from_bytes(_sha512(point, public, text), "little") % L
    return point + ((r + k * a) % L).to_bytes(32, "little")


def ed25519_verify(public, text, signature):
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= L:
        return False
    try:
        a, r = _decode_point(public), _decode_point(signature[:32])
    except ValueError:
        return False
    k = int.from_bytes(_sha512(signature[:32], public, text), "little") % L
    return (_encode_point(_times(s, BASE))
            == _encode_point(_add(r, _times(k, a))))


# --- RFC 9162, section 2.1 ---------------------------------------------------

def sha256(data):
    return hashlib.sha256(data).digest()


def leaf_hash(data):
    return sha256(b"\0" + data)


def node_hash(left, right):
    return sha256(b"\1" + left + right)


def tree_hash(leaves):
    """MTH of leaf hashes, word for word."""
    if not leaves:
        return sha256(b"")
    if len(leaves) == 1:
        return leaves[0]
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(tree_hash(leaves[:k]), tree_hash(leaves[k:]))


def verify_inclusion(leaf, index, size, path, root):
    if index >= size:
        return False
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node_hash(p, r)
            while fn & 1 == 0 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node_hash(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def verify_consistency(first, second, path, first_root, second_root):
    if first == second:
        return not path and first_root == second_root
    if first == 0 or first > second or not path:
        return first == 0 and not path
    path = list(path)
    if first & first - 1 == 0:
        path.insert(0, first_root)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node_hash(c, fr), node_hash(c, sr)
            while fn & 1 == 0 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node_hash(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == first_root and sr == second_root


# --- C2SP --------------------------------------------------------------------

def key_id(name, kind, public):
    return sha256(name.encode() + b"\n" + bytes([kind]) + public)[:4]


def parse_verifier_key(text):
    name, number, rest = text.split("+", 2)
    material = base64.b64decode(rest, validate=True)
    kind, public = material[0], material[1:]
    if key_id(name, kind, public).hex() != number:
        raise ValueError("the id of the key is not its own")
    return name, kind, public


def verifier_key(name, kind, public):
    number = key_id(name, kind, public).hex()
    material = base64.b64encode(bytes([kind]) + public).decode()
    return f"{name}+{number}+{material}"


def verify_note(note, key):
    """The text of a note that the key signed; ValueError for any other."""
    name, kind, public = parse_verifier_key(key)
    text, lines = note.rsplit("\n\n", 1)
    text += "\n"
    for line in lines.splitlines():
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
        if signer != name or signature[:4] != key_id(name, kind, public):
            continue
        message, signature = text.encode(), signature[4:]
        if kind == 4:
            time = int.from_bytes(signature[:8], "big")
            message = f"cosignature/v1\ntime {time}\n".encode() + message
            signature = signature[8:]
        if dash == "\u2014" and ed25519_verify(public, message, signature):
            return text
        raise ValueError("the signature is wrong")
    raise ValueError("the key did not sign it")


def cosign(text, name, seed, time):
    """The line of a witness."""
    message = f"cosignature/v1\ntime {time}\n{text}".encode()
    signature = time.to_bytes(8, "big") + ed25519_sign(seed, message)
    number = key_id(name, 4, ed25519_public(seed))
    return f"\u2014 {name} {base64.b64encode(number + signature).decode()}\n"


def parse_checkpoint(text):
    origin, size, root = text.splitlines()
    return origin, int(size), base64.b64decode(root, validate=True)


def parse_varint(data, at):
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift += 7
        at += 1
        if data[at - 1] < 0x80:
            return value, at


def parse_tlog_proof(text):
    """The record, the verifier key, index, path and note of a receipt."""
    head, note = text.split("\n\n", 1)
    lines = head.split("\n")
    if lines[0] != "c2sp.org/tlog-proof@v1":
        raise ValueError("no tlog-proof")
    extra = base64.b64decode(lines[1].removeprefix("extra "), validate=True)
    fields = {}
    at = 0
    while at < len(extra):
        tag, at = parse_varint(extra, at)
        length, at = parse_varint(extra, at)
        fields[tag >> 3] = extra[at:at + length]
        at += length
    index = int(lines[2].removeprefix("index "))
    path = [base64.b64decode(line, validate=True) for line in lines[3:]]
    return fields[1], fields[2].decode(), index, path, note
