"""Tests of choosing a format, and of what holds for every format."""

import os
import pathlib
from unittest import mock

import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.saving import api


def make_model():
    return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])


class ApiTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.folder = os.path.join(self.get_temp_dir(), self.id())
        os.makedirs(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, name):
        with open(self.path(name), "rb") as file:
            return file.read(4)

    def test_goes_by_the_name(self):
        model = make_model()
        api.save_model(model, self.path("a.keras"))
        api.save_model(model, pathlib.Path(self.path("a.h5")))
        api.save_model(model, self.path("a.hdf5"))
        self.assertEqual(self.start("a.keras"), b"PK\x03\x04")
        self.assertEqual(self.start("a.h5"), b"\x89HDF")
        self.assertEqual(self.start("a.hdf5"), b"\x89HDF")

    def test_goes_by_the_format_if_given(self):
        api.save_model(make_model(), self.path("a.keras"), save_format="h5")
        self.assertEqual(self.start("a.keras"), b"\x89HDF")
        self.assertEqual(
            api.load_model(self.path("a.keras")).output_shape, (None, 2)
        )
        with self.assertRaisesRegex(ValueError, "expected a `.keras` ext"):
            api.save_model(make_model(), self.path("a"), save_format="keras")
        with self.assertRaisesRegex(ValueError, "Unknown `save_format`"):
            api.save_model(make_model(), self.path("a"), save_format="zip")

    def test_writes_saved_models_to_other_names(self):
        for name, save_format in (("a", None), ("b.keras", "tf")):
            model, path = make_model(), self.path(name)
            api.save_model(model, path, save_format=save_format)
            loaded = api.load_model(path).get_weights()
            for mine, its in zip(model.get_weights(), loaded, strict=True):
                self.assertAllEqual(mine, its)

    def test_says_that_a_folder_is_no_model(self):
        with self.assertRaisesRegex(OSError, "does not exist.*saved_model.pb"):
            api.load_model(self.folder)

    def test_refuses_arguments_of_other_formats(self):
        with self.assertRaisesRegex(ValueError, "include_optimizer"):
            api.save_model(
                make_model(), self.path("a.keras"), include_optimizer=False
            )
        api.save_model(make_model(), self.path("a.h5"), include_optimizer=False)

    def test_names_a_file_that_is_not_there(self):
        for load in (api.load_model, make_model().load_weights):
            with self.assertRaisesRegex(OSError, "No file or directory found"):
                load(self.path("none.keras"))

    def test_names_a_file_of_no_known_kind(self):
        with open(self.path("a.txt"), "w") as file:
            file.write("text")
        with self.assertRaisesRegex(OSError, "none of the formats"):
            api.load_model(self.path("a.txt"))

    def test_says_that_a_file_holds_weights_alone(self):
        make_model().save_weights(self.path("a.weights.h5"))
        with self.assertRaisesRegex(ValueError, "model.load_weights"):
            api.load_model(self.path("a.weights.h5"))

    def test_asks_before_it_overwrites(self):
        model = make_model()
        api.save_model(model, self.path("a.keras"))
        before = os.stat(self.path("a.keras")).st_ino
        with mock.patch("builtins.input", return_value="n"):
            api.save_model(model, self.path("a.keras"), overwrite=False)
            self.assertEqual(os.stat(self.path("a.keras")).st_ino, before)
        with mock.patch("builtins.input", return_value="y"):
            api.save_model(model, self.path("a.keras"), overwrite=False)
            self.assertNotEqual(os.stat(self.path("a.keras")).st_ino, before)
        with mock.patch("builtins.input", side_effect=EOFError):
            with self.assertRaisesRegex(FileExistsError, "overwrite=True"):
                api.save_model(model, self.path("a.keras"), overwrite=False)

    def test_loads_weights_of_every_format(self):
        model = make_model()
        api.save_model(model, self.path("a.keras"))
        api.save_model(model, self.path("a.h5"))
        for name in ("b.weights.h5", "b.h5", "b"):
            model.save_weights(self.path(name))
        for name in ("a.keras", "a.h5", "b.weights.h5", "b.h5", "b"):
            other = make_model()
            other.load_weights(self.path(name))
            self.assertAllEqual(other.get_weights()[0], model.get_weights()[0])

    def test_a_checkpoint_tells_its_status(self):
        model = make_model()
        model.save_weights(self.path("a"), save_format="tf")
        self.assertEqual(
            tf.train.latest_checkpoint(self.folder), self.path("a")
        )
        status = make_model().load_weights(self.path("a"))
        status.assert_consumed()

    def test_a_checkpoint_that_fails_leaves_the_old_one(self):
        model = make_model()
        model.save_weights(self.path("a"))
        before = model.get_weights()
        model.layers[0].kernel.assign_add(tf.ones((3, 2)))
        with mock.patch("os.replace", side_effect=OSError("full")):
            with self.assertRaisesRegex(OSError, "full"):
                model.save_weights(self.path("a"))
        names = {"checkpoint", "a.index", "a.data-00000-of-00001"}
        self.assertEqual(set(os.listdir(self.folder)), names)
        model.load_weights(self.path("a"))
        self.assertAllEqual(model.get_weights()[0], before[0])

    def test_a_checkpoint_waits_for_weights(self):
        model = make_model()
        model.save_weights(self.path("a"))
        other = keras.Sequential([keras.layers.Dense(2)])
        other.load_weights(self.path("a"))
        x = np.ones((1, 3))
        self.assertAllEqual(other(x), model(x))

    def test_refuses_by_name_where_files_have_paths(self):
        model = make_model()
        model.save_weights(self.path("b.weights.h5"))
        model.save_weights(self.path("b"))
        for name in ("b.weights.h5", "b"):
            with self.assertRaisesRegex(ValueError, "`by_name=True` is for"):
                model.load_weights(self.path(name), by_name=True)
        model.save_weights(self.path("b.h5"))
        with self.assertRaisesRegex(ValueError, "when by_name is True"):
            model.load_weights(self.path("b.h5"), skip_mismatch=True)

    def test_refuses_a_checkpoint_with_an_hdf5_name(self):
        with self.assertRaisesRegex(ValueError, "looks like an HDF5 file"):
            make_model().save_weights(self.path("a.h5"), save_format="tf")

    def test_saves_to_remote_file_systems(self):
        model = make_model()
        tf.io.gfile.makedirs("ram://saving")
        for name in ("a.keras", "a.h5"):
            api.save_model(model, f"ram://saving/{name}")
            copy = api.load_model(f"ram://saving/{name}")
            self.assertAllEqual(copy.get_weights()[0], model.get_weights()[0])


if __name__ == "__main__":
    tf.test.main()
