"""Tests of checking the heaps of HDF5 files."""

import io
import os
import struct

import h5py
import tensorflow as tf

from tf_keras.src.saving import safe_hdf5
from tf_keras.src.saving.hdf5_heaps import check_heaps


class Hdf5HeapsTest(tf.test.TestCase):
    def write(self):
        path = os.path.join(self.get_temp_dir(), "a.h5")
        with h5py.File(path, "w") as file:
            file.attrs["text"] = "some text of no fixed length"
        with open(path, "rb") as file:
            return path, bytearray(file.read())

    def test_takes_files_of_the_library(self):
        path, data = self.write()
        self.assertIn(b"GCOL", data)
        check_heaps(path, "the file")
        check_heaps(io.BytesIO(data), "the file")

    def test_refuses_a_heap_on_which_the_library_hangs(self):
        path, data = self.write()
        # After the heap's header and the one text comes the free space.
        text = 16 + (28 + 7) // 8 * 8
        free = data.index(b"GCOL") + 16 + text
        self.assertEqual(struct.unpack_from("<H", data, free), (0,))
        struct.pack_into("<Q", data, free + 8, 0)
        with open(path, "wb") as file:
            file.write(data)
        with self.assertRaisesRegex(ValueError, "the file .* has no end"):
            with safe_hdf5.opened(path, "the file") as root:
                root.text("text")

    def test_refuses_texts_longer_than_the_file(self):
        path = os.path.join(self.get_temp_dir(), "b.h5")
        with h5py.File(path, "w") as file:
            file.attrs["texts"] = ["one", "a second", "and a third"]
        with open(path, "rb") as file:
            data = bytearray(file.read())
        check_heaps(io.BytesIO(data), "the file")
        reference = struct.pack("<I", len("a second")) + struct.pack(
            "<QI", data.index(b"GCOL"), 2
        )
        struct.pack_into("<I", data, data.index(reference), 1 << 31)
        with self.assertRaisesRegex(ValueError, "longer than the file"):
            check_heaps(io.BytesIO(data), "the file")

    def test_finds_heaps_across_blocks(self):
        _, data = self.write()
        heap = data[data.index(b"GCOL") :]
        struct.pack_into("<HHIQ", heap, 16, 0, 0, 0, 0)
        for shift in range(10):
            before = bytes((1 << 22) - shift)
            with self.assertRaisesRegex(ValueError, "has no end"):
                check_heaps(io.BytesIO(before + heap), "the file")


if __name__ == "__main__":
    tf.test.main()
