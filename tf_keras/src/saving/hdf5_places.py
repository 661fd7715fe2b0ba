"""Checks that each array of an HDF5 file has a place of its own.

An address or a size that is damaged leads to the bytes of something else,
which the HDF5 library reads as numbers all the same.
"""

import bisect

from tf_keras.src.saving.hdf5_package import h5py

# The least that the header of an object takes, and that of a file.
_HEADER_BYTES = 12
_FILE_BYTES = 48


class Places:
    """The bytes of a file that are known to belong to something.

    Args:
        file: The `h5py.File`.
    """

    def __init__(self, file):
        self._starts, self._entries = [0], [(_FILE_BYTES, "the file's header")]
        self._known = set()
        # Addresses count from the end of such a block, or don't.
        self._is_plain = not file.id.get_create_plist().get_userblock()

    def add(self, found, where):
        """Adds a group or dataset that was opened.

        Args:
            found: The `h5py.Group` or `h5py.Dataset`.
            where: What messages call it.

        Raises:
            ValueError: If the bytes belong to something else.
        """
        info = h5py().h5o.get_info(found.id)
        if not self._is_plain or info.addr in self._known:
            return
        self._known.add(info.addr)
        header = info.hdr.space.total if info.hdr.nchunks == 1 else 0
        self._take(info.addr, max(header, _HEADER_BYTES), f"{where}, a header")
        is_array = isinstance(found, h5py().Dataset)
        start = found.id.get_offset() if is_array else None
        if start is not None:
            self._take(start, found.id.get_storage_size(), where)

    def _take(self, start, size, where):
        index = bisect.bisect(self._starts, start)
        neighbours = [index - 1]
        if index < len(self._starts) and self._starts[index] < start + size:
            neighbours.append(index)
        for other in neighbours:
            end, name = self._entries[other]
            if end > start and self._starts[other] < start + size:
                raise ValueError(
                    f"{where} is damaged: at its place, byte {start}, the "
                    f"file holds {name}."
                )
        self._starts.insert(index, start)
        self._entries.insert(index, (start + size, where))
