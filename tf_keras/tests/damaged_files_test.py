"""Damaged files give one clear error; a killed save leaves a whole file."""

import os
import random
import signal
import subprocess
import sys
import time
import warnings
import zipfile

import numpy as np
import tensorflow as tf

import tf_keras as keras

_MUTATIONS = 100  # Of each format; more by TF_KERAS_MUTATIONS.
_KILLS = 2  # More by TF_KERAS_KILLS.

_SAVES_FOR_EVER = """
import sys
import numpy as np
import tf_keras as keras

model = keras.Sequential([keras.Input((300,)), keras.layers.Dense(2000)])
number = 0.0
while True:
    model.layers[0].bias.assign(np.full(2000, number, "float32"))
    model.save(sys.argv[1])
    print("saved", flush=True)
    number += 1.0
"""


def make_model():
    model = keras.Sequential(
        [
            keras.Input((3,)),
            keras.layers.Dense(4, activation="relu"),
            keras.layers.BatchNormalization(),
            keras.layers.Dense(2),
        ]
    )
    model.compile("adam", "mse", metrics=["mae"])
    model.train_on_batch(np.ones((2, 3)), np.ones((2, 2)))
    return model


def mutated(data, dice):
    """A copy of bytes with one to three flips, or cut, or with a hole."""
    data = bytearray(data)
    kind = dice.random()
    if kind < 0.15:
        return bytes(data[: dice.randrange(len(data))])
    if kind < 0.25:
        start = dice.randrange(len(data))
        del data[start : start + dice.randrange(1, 64)]
        return bytes(data)
    for _ in range(dice.randrange(1, 4)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)


def with_huge_layer(data):
    """A file with another config of the same length."""
    config = b'"units": 4, "activation": "relu"'
    return data.replace(config, b'"units": 4000000000'.ljust(len(config)))


class DamagedFilesTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        keras.utils.set_random_seed(5)
        self.folder = os.path.join(self.get_temp_dir(), self.id())
        os.makedirs(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def mutations_of(self, *names):
        """Yields the path of one damaged file after the other."""
        count = int(os.environ.get("TF_KERAS_MUTATIONS", _MUTATIONS))
        for name in names:
            with open(self.path(name), "rb") as file:
                data = file.read()
            dice = random.Random(name)
            for _ in range(-(-count // len(names))):
                with open(self.path(name), "wb") as file:
                    file.write(mutated(data, dice))
                yield self.path(name)
            with open(self.path(name), "wb") as file:
                file.write(data)

    def test_whole_models(self):
        model = make_model()
        expected = model(np.ones((1, 3)))
        for name in ("a.keras", "a.h5"):
            model.save(self.path(name))
            for path in self.mutations_of(name):
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    try:
                        copy = keras.models.load_model(path)
                    except (ValueError, OSError, TypeError):
                        continue
                if name == "a.keras":  # Every member used has a check sum.
                    self.assertAllEqual(copy(np.ones((1, 3))), expected)

    def test_weights(self):
        model = make_model()
        for name in ("a.weights.h5", "a.weights-by-layer.h5"):
            model.save_weights(self.path(name))
            target = make_model()
            for path in self.mutations_of(name):
                before = target.get_weights()
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        target.load_weights(path)
                except (ValueError, OSError):
                    for was, value in zip(before, target.get_weights()):
                        self.assertAllEqual(was, value)

    def test_saved_models(self):
        model = make_model()
        expected = model(np.ones((1, 3)))
        model.save(self.path("a"))
        for _ in self.mutations_of(
            "a/saved_model.pb",
            "a/keras_metadata.pb",
            "a/variables/variables.index",
            "a/variables/variables.data-00000-of-00001",
        ):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    copy = keras.models.load_model(self.path("a"))
                except (ValueError, OSError, TypeError):
                    continue
            # Variables have check sums; what else there is, has not.
            self.assertAllEqual(copy(np.ones((1, 3))), expected)

    def test_checkpoints(self):
        model, target = make_model(), make_model()
        model.save_weights(self.path("a"))
        for _ in self.mutations_of("a.index", "a.data-00000-of-00001"):
            for variable in target.weights:
                variable.assign(tf.ones_like(variable))
            try:
                target.load_weights(self.path("a")).expect_partial()
            except (ValueError, OSError, tf.errors.OpError):
                for value in target.get_weights():
                    self.assertAllEqual(value, np.ones_like(value))
                continue
            for mine, its in zip(model.get_weights(), target.get_weights()):
                self.assertAllEqual(mine, its)

    def test_damage_within_the_members_of_an_archive(self):
        model = make_model()
        model.save(self.path("a.keras"))
        with zipfile.ZipFile(self.path("a.keras")) as archive:
            members = {n: archive.read(n) for n in archive.namelist()}
        dice = random.Random(9)
        for _ in range(_MUTATIONS):
            name = dice.choice(sorted(members))
            with zipfile.ZipFile(self.path("b.keras"), "w") as archive:
                for other, data in members.items():
                    data = mutated(data, dice) if other == name else data
                    archive.writestr(other, data)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                try:
                    keras.models.load_model(self.path("b.keras"))
                except (ValueError, OSError, TypeError):
                    pass

    def test_configs_that_ask_for_more_than_the_file_holds(self):
        model = make_model()
        for name in ("a.keras", "a.h5", "a"):
            path = self.path(name)
            model.save(path)
            if name == "a":
                path = os.path.join(path, "keras_metadata.pb")
            if name == "a.keras":
                with zipfile.ZipFile(path) as archive:
                    members = {n: archive.read(n) for n in archive.namelist()}
                with zipfile.ZipFile(path, "w") as archive:
                    for member, data in members.items():
                        archive.writestr(member, with_huge_layer(data))
            else:
                with open(path, "rb") as file:
                    data = with_huge_layer(file.read())
                with open(path, "wb") as file:
                    file.write(data)
            with self.assertRaisesRegex(ValueError, "weight 'kernel' of layer"):
                keras.models.load_model(self.path(name))

    def test_a_killed_save_leaves_a_whole_file(self):
        path = self.path("a.keras")
        root = os.path.dirname(os.path.dirname(keras.__file__))
        environment = {**os.environ, "PYTHONPATH": root}
        dice = random.Random(4)
        for _ in range(int(os.environ.get("TF_KERAS_KILLS", _KILLS))):
            saver = subprocess.Popen(
                [sys.executable, "-c", _SAVES_FOR_EVER, path],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            self.assertEqual(saver.stdout.readline(), b"saved\n")
            time.sleep(dice.random() * 0.2)
            saver.send_signal(signal.SIGKILL)
            saver.wait()
            saver.stdout.close()
            bias = keras.models.load_model(path).layers[0].bias.numpy()
            self.assertAllEqual(bias, np.full(2000, bias[0]))


if __name__ == "__main__":
    tf.test.main()
