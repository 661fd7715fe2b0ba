"""Hash functions in plain Python, to check what TensorFlow's kernels find."""

_MASK = 2**64 - 1
_K0, _K2 = 0xC3A5C85C97CB3127, 0x9AE16A3B2F90404F
_CAT = 0xC6A4A7935BD1E995


def fingerprint64(text):
    """Farmhash's Fingerprint64 (https://github.com/google/farmhash).

    Args:
        text: At most 16 bytes.
    """
    size = len(text)
    if size > 16:
        raise ValueError(f"Only 16 bytes are hashed here. Received: {text}.")
    factor = (_K2 + size * 2) & _MASK
    if size >= 8:
        a = _number(text[:8]) + _K2
        b = _number(text[-8:])
        c = _right(b, 37) * factor + a
        d = (_right(a & _MASK, 25) + b) * factor
        return _mixed(c & _MASK, d & _MASK, factor)
    if size >= 4:
        return _mixed(
            size + (_number(text[:4]) << 3), _number(text[-4:]), factor
        )
    if not size:
        return _K2
    y = text[0] + (text[size >> 1] << 8)
    z = size + (text[-1] << 2)
    return _shifted((y * _K2 ^ z * _K0) & _MASK) * _K2 & _MASK


def concatenated(first, second):
    """One fingerprint of two, as crossed features are hashed."""
    mixed = first ^ _CAT
    mixed ^= _shifted(second * _CAT & _MASK) * _CAT & _MASK
    mixed = mixed * _CAT & _MASK
    return _shifted(_shifted(mixed) * _CAT & _MASK)


def siphash(text, key):
    """SipHash-2-4 (Aumasson and Bernstein 2012, https://eprint.iacr.org/2012/351).

    Args:
        text: Bytes.
        key: Two integers of 64 bits.
    """
    k0, k1 = key
    v = [
        k0 ^ 0x736F6D6570736575,
        k1 ^ 0x646F72616E646F6D,
        k0 ^ 0x6C7967656E657261,
        k1 ^ 0x7465646279746573,
    ]
    padded = text + bytes(7 - len(text) % 8) + bytes([len(text) % 256])
    for start in range(0, len(padded), 8):
        word = _number(padded[start : start + 8])
        v[3] ^= word
        _rounds(v, 2)
        v[0] ^= word
    v[2] ^= 0xFF
    _rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def _rounds(v, count):
    for _ in range(count):
        for a, b, turn, swap in ((0, 1, 13, 32), (2, 3, 16, 0)):
            _half(v, a, b, turn, swap)
        for a, b, turn, swap in ((0, 3, 21, 0), (2, 1, 17, 32)):
            _half(v, a, b, turn, swap)


def _half(v, a, b, turn, swap):
    v[a] = (v[a] + v[b]) & _MASK
    v[b] = _left(v[b], turn) ^ v[a]
    v[a] = _left(v[a], swap)


def _number(text):
    return int.from_bytes(text, "little")


def _left(x, count):
    return ((x << count) | (x >> (64 - count))) & _MASK


def _right(x, count):
    return _left(x, 64 - count)


def _shifted(x):
    return x ^ (x >> 47)


def _mixed(u, v, factor):
    a = _shifted((u ^ v) * factor & _MASK)
    return _shifted((v ^ a) * factor & _MASK) * factor & _MASK
