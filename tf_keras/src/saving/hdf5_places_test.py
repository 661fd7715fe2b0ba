"""Tests of the places of arrays in HDF5 files."""

import os
import struct

import h5py
import numpy as np
import tensorflow as tf

from tf_keras.src.saving import safe_hdf5


class PlacesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.get_temp_dir(), "a.h5")
        with h5py.File(self.path, "w") as file:
            for name in ("a", "b", "group/c"):
                file[name] = np.arange(8.0)
            file["group/same"] = file["a"]
            found = file["b"].id.get_offset(), file["b"].id.get_storage_size()
        self.start, self.size = found

    def read(self, start, size):
        """All arrays of the file, whose `b` is said to lie elsewhere."""
        with open(self.path, "rb") as file:
            data = file.read()
        old = struct.pack("<QQ", self.start, self.size)
        with open(self.path, "wb") as file:
            file.write(data.replace(old, struct.pack("<QQ", start, size)))
        with safe_hdf5.opened(self.path, self.path) as root:
            names = ("a", "group/c", "group/same", "b")
            return [root[name] for name in names]

    def test_reads_what_is_whole(self):
        for values in self.read(self.start, self.size):
            self.assertAllEqual(values, np.arange(8.0))

    def test_refuses_the_place_of_another_array(self):
        with self.assertRaisesRegex(ValueError, "b is damaged.*holds .*a"):
            self.read(self.start - 4, self.size)

    def test_refuses_the_place_of_a_header(self):
        with self.assertRaisesRegex(ValueError, "b is damaged.*header"):
            self.read(8, self.size)

    def test_refuses_another_size(self):
        with self.assertRaisesRegex(ValueError, "b has 8 values of 8 bytes"):
            self.read(self.start, self.size - 8)


if __name__ == "__main__":
    tf.test.main()
