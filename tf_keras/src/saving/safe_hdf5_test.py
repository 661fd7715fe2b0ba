"""Tests of reading HDF5 files that nobody vouches for."""

import os

import h5py
import numpy as np
import tensorflow as tf

from tf_keras.src.saving import safe_hdf5


class SafeHdf5Test(tf.test.TestCase):
    def file(self, fill):
        """Writes a file by a function and returns its name."""
        path = os.path.join(self.get_temp_dir(), f"{self.id()}.h5")
        with h5py.File(path, "w") as file:
            fill(file)
        return path

    def read(self, fill, name="x"):
        with safe_hdf5.opened(self.file(fill), "the file") as root:
            return root[name]

    def test_reads_arrays_and_groups(self):
        def fill(file):
            file["a/b/x"] = np.arange(3)

        self.assertAllEqual(self.read(fill, "a/b/x"), [0, 1, 2])

    def test_reads_other_byte_orders(self):
        def fill(file):
            file["x"] = np.arange(3, dtype=">f8")

        values = self.read(fill)
        self.assertAllEqual(values, [0.0, 1.0, 2.0])
        self.assertTrue(values.dtype.isnative)

    def test_reads_bfloat16(self):
        def fill(file):
            file["x"] = tf.constant([1.5, 2.5], tf.bfloat16).numpy()

        self.assertAllEqual(self.read(fill).astype("float32"), [1.5, 2.5])

    def test_reads_texts_of_any_length(self):
        def fill(file):
            file["x"] = np.array([b"a", b"longer"], object)

        self.assertAllEqual(self.read(fill), [b"a", b"longer"])

    def test_refuses_soft_links(self):
        def fill(file):
            file["real"] = np.arange(3)
            file["x"] = h5py.SoftLink("/real")

        with self.assertRaisesRegex(ValueError, "the file/x is a link"):
            self.read(fill)

    def test_refuses_external_links(self):
        other = self.file(lambda file: file.create_dataset("real", data=[1]))

        def fill(file):
            file["x"] = h5py.ExternalLink(other + "2", "/real")

        os.rename(other, other + "2")
        with self.assertRaisesRegex(ValueError, "the file/x is a link"):
            self.read(fill)

    def test_refuses_links_on_the_way(self):
        def fill(file):
            file["real/x"] = np.arange(3)
            file["way"] = h5py.SoftLink("/real")

        with self.assertRaisesRegex(ValueError, "is a link"):
            self.read(fill, "way/x")

    def test_refuses_external_storage(self):
        secret = os.path.join(self.get_temp_dir(), "secret")
        with open(secret, "wb") as file:
            file.write(b"12345678")

        def fill(file):
            file.create_dataset(
                "x", (8,), "u1", external=[(secret, 0, h5py.h5f.UNLIMITED)]
            )

        with self.assertRaisesRegex(ValueError, "values from another file"):
            self.read(fill)

    def test_refuses_virtual_datasets(self):
        def fill(file):
            file["real"] = np.arange(3)
            layout = h5py.VirtualLayout((3,), "i8")
            layout[:] = h5py.VirtualSource("elsewhere.h5", "real", (3,))
            file.create_virtual_dataset("x", layout)

        with self.assertRaisesRegex(ValueError, "values from another file"):
            self.read(fill)

    def test_refuses_sizes_far_beyond_the_file(self):
        def fill(file):
            file.create_dataset("x", (1 << 50,), "f4", chunks=(1 << 20,))

        with self.assertRaisesRegex(ValueError, "declares 4503599627370496"):
            self.read(fill)

    def test_reads_attributes_of_old_releases(self):
        def fill(file):
            file.attrs["names"] = [b"a", b"b"]
            file.attrs["version"] = np.bytes_("2.0")
            file.attrs["none"] = h5py.Empty("f")
            file.attrs["long0"] = np.array([b"a"])
            file.attrs["long1"] = np.array([b"b"])

        with safe_hdf5.opened(self.file(fill), "the file") as root:
            self.assertEqual(root.names("names"), ["a", "b"])
            self.assertEqual(root.names("none"), [])
            self.assertEqual(root.names("long"), ["a", "b"])
            self.assertIsNone(root.names("other"))
            self.assertEqual(root.text("version"), "2.0")
            self.assertIsNone(root.text("other"))

    def test_names_a_file_that_is_none(self):
        path = os.path.join(self.get_temp_dir(), "bad.h5")
        with open(path, "wb") as file:
            file.write(b"no HDF5")
        with self.assertRaisesRegex(OSError, "the file"):
            with safe_hdf5.opened(path, "the file"):
                pass


if __name__ == "__main__":
    tf.test.main()
