"""Tests of `.keras` files."""

import io
import json
import os
import re
import zipfile

import h5py
import numpy as np
import tensorflow as tf

import tf_keras as keras
from tf_keras.src.core.layer import Layer
from tf_keras.src.saving import keras_zip


class Words(Layer):
    """Keeps words in a file of its own."""

    def __init__(self, words=(), **kwargs):
        super().__init__(**kwargs)
        self.words = words
        self.found = None
        self.built = True

    def get_config(self):
        return Layer.get_config(self) | {"words": []}

    def save_assets(self, folder):
        with open(os.path.join(folder, "words.txt"), "w") as file:
            file.write(" ".join(self.words))

    def load_assets(self, folder):
        with open(os.path.join(folder, "words.txt")) as file:
            self.found = file.read().split()


class KerasZipTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        keras.utils.set_random_seed(1)
        self.path = os.path.join(self.get_temp_dir(), f"{self.id()}.keras")

    def make_model(self):
        model = keras.Sequential(
            [keras.Input((3,)), keras.layers.Dense(2), keras.layers.Flatten()]
        )
        model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "mse")
        model.train_on_batch(tf.ones((2, 3)), tf.ones((2, 2)))
        return model

    def rewrite(self, change):
        """Writes the file again with what `change` makes of its members."""
        with zipfile.ZipFile(self.path) as archive:
            members = {n: archive.read(n) for n in archive.namelist()}
        change(members)
        with zipfile.ZipFile(self.path, "w") as archive:
            for name, data in members.items():
                archive.writestr(name, data)

    def test_holds_the_members_that_published_releases_read(self):
        keras_zip.save(self.make_model(), self.path)
        with zipfile.ZipFile(self.path) as archive:
            self.assertEqual(
                archive.namelist(),
                ["metadata.json", "config.json", "model.weights.h5"],
            )
            metadata = json.loads(archive.read("metadata.json"))
            config = json.loads(archive.read("config.json"))
            weights = io.BytesIO(archive.read("model.weights.h5"))
        self.assertEqual(metadata["keras_version"], "2.21.0")
        self.assertRegex(
            metadata["date_saved"], r"^\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d$"
        )
        self.assertEqual(
            list(config),
            [
                "module",
                "class_name",
                "config",
                "registered_name",
                "build_config",
                "compile_config",
            ],
        )
        found = []
        with h5py.File(weights) as file:
            file.visit(found.append)
        self.assertEqual(
            found,
            """
            layers layers/dense layers/dense/vars layers/dense/vars/0
            layers/dense/vars/1 layers/flatten layers/flatten/vars
            metrics metrics/mean metrics/mean/vars metrics/mean/vars/0
            metrics/mean/vars/1 optimizer optimizer/vars optimizer/vars/0
            optimizer/vars/1 optimizer/vars/2 vars
            """.split(),
        )

    def test_goes_on_training_as_if_never_saved(self):
        model = self.make_model()
        keras_zip.save(model, self.path)
        copy = keras_zip.load(self.path)
        batch = tf.ones((2, 3)), tf.ones((2, 2))
        for _ in range(3):
            self.assertEqual(
                copy.train_on_batch(*batch), model.train_on_batch(*batch)
            )
        self.assertAllEqual(copy.get_weights()[0], model.get_weights()[0])
        self.assertEqual(copy.optimizer.iterations.numpy(), 4)

    def test_follows_a_chain_longer_than_python_recurses(self):
        inputs = keras.Input((1,))
        outputs = inputs
        for _ in range(1100):
            outputs = keras.layers.Dense(1)(outputs)
        model = keras.Model(inputs, outputs)
        keras_zip.save(model, self.path)
        copy = keras_zip.load(self.path)
        self.assertAllEqual(copy.get_weights(), model.get_weights())

    def test_reads_layers_without_modules(self):
        model = self.make_model()
        keras_zip.save(model, self.path)

        def change(members):
            config = json.loads(members["config.json"])
            for layer in config["config"]["layers"]:
                del layer["module"], layer["registered_name"]
            members["config.json"] = json.dumps(config).encode()

        self.rewrite(change)
        copy = keras_zip.load(self.path)
        self.assertAllEqual(copy.get_weights()[0], model.get_weights()[0])

    def test_can_leave_out_compiling(self):
        keras_zip.save(self.make_model(), self.path)
        self.assertIsNone(keras_zip.load(self.path, compile=False).optimizer)

    def test_warns_of_a_loss_that_is_not_known(self):
        model = self.make_model()

        def secret(y_true, y_pred):
            return tf.abs(y_true - y_pred)

        model.compile("sgd", secret)
        keras_zip.save(model, self.path)
        with self.assertWarnsRegex(UserWarning, "without being compiled.*secr"):
            copy = keras_zip.load(self.path)
        self.assertAllEqual(copy(tf.ones((1, 3))), model(tf.ones((1, 3))))
        copy = keras_zip.load(self.path, {"secret": secret})
        self.assertEqual(copy.loss, secret)

    def test_carries_assets(self):
        model = keras.Sequential([keras.Input((3,)), Words(["a", "b"])])
        keras_zip.save(model, self.path)
        with zipfile.ZipFile(self.path) as archive:
            self.assertIn("assets/layers/words/words.txt", archive.namelist())
        copy = keras_zip.load(self.path, {"Words": Words})
        self.assertEqual(copy.layers[0].found, ["a", "b"])

    def test_leaves_the_old_file_if_saving_assets_fails(self):
        class Failing(Words):
            def save_assets(self, folder):
                raise RuntimeError("disk full")

        keras_zip.save(self.make_model(), self.path)
        before = os.listdir(self.get_temp_dir())
        model = keras.Sequential([keras.Input((3,)), Failing()])
        with self.assertRaisesRegex(RuntimeError, "disk full"):
            keras_zip.save(model, self.path)
        self.assertEqual(os.listdir(self.get_temp_dir()), before)
        keras_zip.load(self.path)

    def test_reads_packed_members(self):
        model = self.make_model()
        keras_zip.save(model, self.path)
        with zipfile.ZipFile(self.path) as archive:
            members = {n: archive.read(n) for n in archive.namelist()}
        with zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        copy = keras_zip.load(self.path)
        self.assertAllEqual(copy.get_weights()[0], model.get_weights()[0])

    def test_reads_a_weights_member_in_place(self):
        data = bytes(range(100))
        window = keras_zip.Window(io.BytesIO(data), 10, 50)
        self.assertEqual(window.read(), data[10:60])
        self.assertEqual(window.seek(-5, io.SEEK_END), 45)
        self.assertEqual(window.read(100), data[55:60])
        self.assertEqual(window.read(1), b"")

    def test_names_a_missing_member(self):
        for name in ("metadata.json", "config.json", "model.weights.h5"):
            keras_zip.save(self.make_model(), self.path)
            self.rewrite(lambda members, name=name: members.pop(name))
            with self.assertRaisesRegex(ValueError, f"no '{name}'"):
                keras_zip.load(self.path)

    def test_refuses_a_member_that_comes_twice(self):
        keras_zip.save(self.make_model(), self.path)
        with zipfile.ZipFile(self.path, "a") as archive:
            with self.assertWarns(UserWarning):
                archive.writestr("config.json", "{}")
        with self.assertRaisesRegex(ValueError, "'config.json' twice"):
            keras_zip.load(self.path)

    def test_refuses_flipped_bytes(self):
        keras_zip.save(self.make_model(), self.path)
        with open(self.path, "rb") as file:
            data = bytearray(file.read())
        for place in (data.index(b'"layers"'), data.index(b"\x89HDF") + 3000):
            flipped = bytearray(data)
            flipped[place] ^= 0xFF
            with open(self.path, "wb") as file:
                file.write(flipped)
            with self.assertRaisesRegex(
                ValueError, re.escape(self.path) + ".*damaged"
            ):
                keras_zip.load(self.path)

    def test_refuses_a_truncated_file(self):
        keras_zip.save(self.make_model(), self.path)
        os.truncate(self.path, os.path.getsize(self.path) // 2)
        with self.assertRaisesRegex(ValueError, "damaged or no `.keras`"):
            keras_zip.load(self.path)

    def test_names_the_layer_whose_weights_differ(self):
        keras_zip.save(self.make_model(), self.path)
        self.rewrite(
            lambda members: members.update(
                {
                    "config.json": members["config.json"].replace(
                        b'"units": 2', b'"units": 4'
                    )
                }
            )
        )
        message = r"layers/dense: array '0' has shape \(3, 2\).*\(3, 4\)"
        with self.assertRaisesRegex(ValueError, message):
            keras_zip.load(self.path)

    def test_refuses_assets_that_lead_elsewhere(self):
        model = keras.Sequential([keras.Input((3,)), Words(["a"])])
        for name in ("assets/../../evil", "assets/a\\..\\evil"):
            keras_zip.save(model, self.path)
            self.rewrite(lambda members, name=name: members.update({name: b""}))
            with self.assertRaisesRegex(ValueError, "leads out of the archive"):
                keras_zip.load(self.path, {"Words": Words})

    def test_refuses_assets_that_are_links(self):
        model = keras.Sequential([keras.Input((3,)), Words(["a"])])
        keras_zip.save(model, self.path)
        link = zipfile.ZipInfo("assets/layers/link")
        link.external_attr = 0o120777 << 16
        with zipfile.ZipFile(self.path, "a") as archive:
            archive.writestr(link, "/etc/passwd")
        with self.assertRaisesRegex(ValueError, "leads out of the archive"):
            keras_zip.load(self.path, {"Words": Words})

    def test_refuses_code_unless_allowed(self):
        layer = keras.layers.Lambda(lambda x: x * 2)
        model = keras.Sequential([keras.Input((3,)), layer])
        keras_zip.save(model, self.path)
        with self.assertRaisesRegex(ValueError, "safe_mode=False"):
            keras_zip.load(self.path)
        copy = keras_zip.load(self.path, safe_mode=False)
        self.assertAllEqual(copy(np.ones((1, 3))), [[2.0, 2.0, 2.0]])
        with self.assertRaisesRegex(ValueError, "safe_mode=False"):
            keras_zip.load(self.path)

    def test_refuses_modules_that_a_config_names(self):
        keras_zip.save(self.make_model(), self.path)
        config = {"module": "os", "class_name": "system", "config": {}}
        self.rewrite(
            lambda members: members.update(
                {"config.json": json.dumps(config).encode()}
            )
        )
        with self.assertRaisesRegex(TypeError, "Could not locate class"):
            keras_zip.load(self.path)


    def test_state_that_begins_with_weights_is_made_before_they_are_read(self):
        for optimizer in (
            keras.optimizers.Adagrad(),
            keras.optimizers.Adam(use_ema=True),
        ):
            model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
            model.compile(optimizer, "mse")
            model.train_on_batch(np.ones((2, 3)), np.ones((2, 2)))
            keras_zip.save(model, self.path)
            copy = keras_zip.load(self.path).optimizer
            for one, two in zip(optimizer.variables, copy.variables):
                self.assertAllEqual(one, two)


if __name__ == "__main__":
    tf.test.main()
