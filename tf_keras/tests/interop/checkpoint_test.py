"""Checkpoints of objects go from the published package to ours and back.

The published wheel runs in an interpreter of its own, whose path is in the
environment variable TF_KERAS_PUBLISHED_PYTHON. Without one the tests are
skipped, and say so.
"""

import json
import os
import pathlib

import numpy as np
import tensorflow as tf

from tf_keras.tests.interop import other_package

# What both packages run: models by name, trained for a step.
_MODELS = '''
import json, sys
import numpy as np
import tensorflow as tf
import tf_keras
from tf_keras import layers

X, Y = np.ones((4, 3), "float32"), np.ones((4, 1), "float32")

class Net(tf_keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [layers.Dense(4), layers.ReLU()]
        self.heads = {"out": layers.Dense(1)}
        self.norm = layers.BatchNormalization()
        self.scale = tf.Variable(2.0)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        return self.scale * self.heads["out"](self.norm(x))

class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = layers.Dense(3)

    def build(self, input_shape):
        self.own = self.add_weight("own", (3,), initializer="ones")
        super().build(input_shape)

    def call(self, x):
        return self.inner(x) * self.own

def sequential():
    return tf_keras.Sequential(
        [tf_keras.Input((3,)), layers.ReLU(), layers.Dense(4), layers.Dense(1)]
    )

def late_sequential():
    return tf_keras.Sequential([layers.Dense(4), Block(), layers.Dense(1)])

def functional():
    x = tf_keras.Input((3,))
    shared = layers.Dense(3)
    y = layers.BatchNormalization()(layers.Add()([shared(x), shared(x + 1.0)]))
    return tf_keras.Model(x, layers.Dense(1)(Block()(y)))

def nested():
    x = tf_keras.Input((3,))
    return tf_keras.Model(x, layers.Dense(1)(functional()(x)))

def mixed():
    return tf_keras.Sequential(
        [layers.Dense(4, dtype="mixed_bfloat16"), layers.Dense(1)]
    )

KINDS = {
    f.__name__: f
    for f in (sequential, late_sequential, functional, nested, mixed, Net)
}

def make(kind, seed):
    """A model and its optimizer after two steps, with known numbers."""
    tf_keras.utils.set_random_seed(seed)
    model = KINDS[kind]()
    model(X)
    random = np.random.RandomState(seed)
    model.set_weights(
        [random.uniform(0.1, 0.5, w.shape) for w in model.weights]
    )
    model.compile(tf_keras.optimizers.Adam(0.01), "mse", run_eagerly=True)
    for _ in range(2):
        model.train_on_batch(X, Y)
    return model

def numbers(model):
    weights = [w.tolist() for w in model.get_weights()]
    slots = [np.asarray(v).tolist() for v in model.optimizer.variables]
    return {"weights": weights, "slots": slots}

def main(verb, folder):
    found = {}
    for seed, kind in enumerate(KINDS):
        model = make(kind, seed if verb == "write" else 100 + seed)
        checkpoint = tf.train.Checkpoint(model=model, optimizer=model.optimizer)
        if verb == "write":
            path = checkpoint.save(f"{folder}/{kind}")
            found[kind] = numbers(model)
            found[kind]["paths"] = sorted(
                name for name, _ in tf.train.list_variables(path)
            )
        else:
            checkpoint.read(f"{folder}/ours_{kind}").assert_consumed()
            found[kind] = numbers(model)
    print(json.dumps(found))
    print("DONE")

if __name__ == "__main__":
    main(*sys.argv[1:])
'''


class CheckpointTest(other_package.OtherPackageTest):
    package = "tf_keras"
    variable = "TF_KERAS_PUBLISHED_PYTHON"

    def setUp(self):
        super().setUp()
        self.folder = self.get_temp_dir()
        self.script = os.path.join(self.folder, "models.py")
        pathlib.Path(self.script).write_text(_MODELS)
        self.ours = {"__name__": "ours"}
        exec(compile(_MODELS, self.script, "exec"), self.ours)
        self.written = self.published("write")

    def published(self, verb):
        """What the published package found."""
        found = self.on_other_side(self.script, verb, self.folder)[0]
        return json.loads(found)

    def check_numbers(self, found, expected):
        for name in ("weights", "slots"):
            self.assertLen(found[name], len(expected[name]))
            for value, wanted in zip(found[name], expected[name]):
                self.assertAllClose(np.array(value), np.array(wanted))

    def test_ours_reads_what_the_published_package_wrote(self):
        for seed, kind in enumerate(self.ours["KINDS"]):
            with self.subTest(kind):
                model = self.ours["make"](kind, 100 + seed)
                checkpoint = tf.train.Checkpoint(
                    model=model, optimizer=model.optimizer
                )
                status = checkpoint.restore(f"{self.folder}/{kind}-1")
                status.assert_consumed()
                found = self.ours["numbers"](model)
                self.check_numbers(found, self.written[kind])

    def test_the_published_package_reads_what_ours_wrote(self):
        written = {}
        for seed, kind in enumerate(self.ours["KINDS"]):
            model = self.ours["make"](kind, seed)
            path = tf.train.Checkpoint(
                model=model, optimizer=model.optimizer
            ).write(f"{self.folder}/ours_{kind}")
            written[kind] = self.ours["numbers"](model)
            paths = sorted(name for name, _ in tf.train.list_variables(path))
            with self.subTest(f"paths of {kind}"):
                known = self.written[kind]["paths"]
                known = [p for p in known if not p.startswith("save_counter")]
                self.assertEqual(paths, known)
        for kind, found in self.published("read").items():
            with self.subTest(kind):
                self.check_numbers(found, written[kind])


if __name__ == "__main__":
    tf.test.main()
