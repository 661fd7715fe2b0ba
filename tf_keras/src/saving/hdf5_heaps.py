"""Checks the heaps of an HDF5 file, on which the HDF5 library can hang.

Texts of any length lie in "global heaps". The library walks a heap's objects
by their sizes without end if a size is zero where it can't be. The layout is
that of the HDF5 File Format Specification 3.0, III.E, "Disk Format: Level 1E -
Global Heap".
"""

import os
import struct

_SIGNATURE = b"GCOL\x01\0\0\0"
# The type of texts of any length: references of 16 bytes, to bytes.
_TEXT = bytes.fromhex("10000000 10000000 01000000 00000800")
_MESSAGE_BYTES = 1 << 16
_COLLECTION = struct.Struct("<8sQ")
_OBJECT = struct.Struct("<HHIQ")
_BLOCK_BYTES = 1 << 22
_MAX_BYTES = 1 << 28


def check_heaps(file, where):
    """Raises ValueError if a heap would make the library walk without end.

    Args:
        file: A path or a file object that can seek.
        where: What messages call it.
    """
    if not hasattr(file, "seek"):
        with open(file, "rb") as opened:
            check_heaps(opened, where)
        return
    end = file.seek(0, os.SEEK_END)
    for start in list(_places(file, _TEXT)):
        file.seek(start + len(_TEXT))
        if _longest_text(file) > end:
            raise ValueError(
                f"{where} is damaged: a text at byte {start} is longer than "
                "the file."
            )
    for start in list(_places(file, _SIGNATURE)):
        file.seek(start)
        header = file.read(_COLLECTION.size)
        if len(header) < _COLLECTION.size:
            continue
        _, size = _COLLECTION.unpack(header)
        # A size beyond the file is found by the library.
        body = file.read(max(0, min(size, _MAX_BYTES) - _COLLECTION.size))
        if not _ends(body):
            raise ValueError(
                f"{where} is damaged: the heap at byte {start} has no end."
            )
    file.seek(0)


def _longest_text(file):
    """The longest length that the texts declare of which the type was read.

    After the type, filled up to 8 bytes or not, come shape and texts: of
    each its length, and its place in a heap.
    """
    message = file.read(_MESSAGE_BYTES)
    start = 0 if message[:1] in (b"\1", b"\2") else 4
    version, rank, flags = (message[start : start + 3] + bytes(3))[:3]
    if version not in (1, 2) or rank > 1:
        return 0
    start += (8 if version == 1 else 4) + 8 * rank * (1 + (flags & 1))
    count = 1
    if rank:
        dims = start - 8 * (1 + (flags & 1))
        count = int.from_bytes(message[dims : dims + 8], "little")
    lengths = [
        int.from_bytes(message[place : place + 4], "little")
        for place in range(start, len(message) - 15, 16)
    ]
    return max(lengths[:count], default=0)


def _places(file, signature):
    """Yields where a signature stands, block by block."""
    file.seek(0)
    kept = len(signature) - 1  # Bytes of the block before, in front.
    block = bytearray(kept + _BLOCK_BYTES)
    place = -kept
    with memoryview(block) as view:
        while count := file.readinto(view[kept:]):
            found = block.find(signature, 0, kept + count)
            while found >= 0:
                yield place + found
                found = block.find(signature, found + 1, kept + count)
            view[:kept] = view[count : kept + count]
            place += count


def _ends(body):
    """Whether each object of a heap leads on to the next."""
    place = 0
    while place + _OBJECT.size <= len(body):
        index, _, _, size = _OBJECT.unpack_from(body, place)
        if index:
            place += _OBJECT.size + (size + 7) // 8 * 8
        elif size < _OBJECT.size:
            return False  # Free space counts its own header.
        else:
            place += size
    return place <= len(body)
