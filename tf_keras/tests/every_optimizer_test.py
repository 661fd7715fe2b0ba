"""A model learns the same with each optimizer, however its steps are run."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

import tf_keras
from tf_keras.src.testing.devices import two_cpus

_NAMES = (
    "Adadelta",
    "Adagrad",
    "Adam",
    "Adamax",
    "Ftrl",
    "Nadam",
    "RMSprop",
    "SGD",
)
_NEW_NAMES = ("Adafactor", "AdamW", "Lion")


def _all():
    optimizers = tf_keras.optimizers
    for name in (*_NAMES, *_NEW_NAMES):
        yield name, getattr(optimizers, name)
    for name in _NAMES:
        yield f"legacy{name}", getattr(optimizers.legacy, name)


def _data():
    random = np.random.RandomState(0)
    x = random.normal(size=(16, 3)).astype("float32")
    return x, x.sum(axis=1, keepdims=True)


def _make():
    model = tf_keras.Sequential(
        [
            tf_keras.layers.Dense(4, activation="tanh", input_shape=(3,)),
            tf_keras.layers.Dense(1, dtype="float32"),
        ]
    )
    random = np.random.RandomState(1)
    model.set_weights(
        [random.uniform(-0.5, 0.5, w.shape) for w in model.get_weights()]
    )
    return model


def _learn(model, optimizer, **kwargs):
    """The weights after two epochs of two steps."""
    model.compile(optimizer, "mse", **kwargs)
    x, y = _data()
    model.fit(x, y, batch_size=8, epochs=2, shuffle=False, verbose=0)
    return model.get_weights()


class EveryOptimizerTest(tf.test.TestCase, parameterized.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        two_cpus()
        # One for all tests: TensorFlow counts collectives in a process.
        cls.strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:1"])

    def assert_alike(self, weights, expected, tolerance=1e-4):
        for weight, value in zip(weights, expected, strict=True):
            self.assertAllClose(weight, value, rtol=tolerance, atol=tolerance)

    @parameterized.named_parameters(*_all())
    def test_learns_the_same(self, optimizer):
        expected = _learn(_make(), optimizer(0.01))
        before = _make().get_weights()
        self.assertNotAllClose(expected[0], before[0], rtol=0, atol=1e-5)
        with self.subTest("eagerly"):
            weights = _learn(_make(), optimizer(0.01), run_eagerly=True)
            self.assert_alike(weights, expected)
        with self.subTest("with XLA"):
            weights = _learn(_make(), optimizer(0.01), jit_compile=True)
            self.assert_alike(weights, expected)
        with self.subTest("on two replicas"):
            with self.strategy.scope():
                weights = _learn(_make(), optimizer(0.01))
            self.assert_alike(weights, expected)
        with self.subTest("in float16"):
            self._learn_in_float16(optimizer, expected)

    def _learn_in_float16(self, optimizer, expected):
        tf_keras.mixed_precision.set_global_policy("mixed_float16")
        self.addCleanup(tf_keras.mixed_precision.set_global_policy, "float32")
        model = _make()
        weights = _learn(model, optimizer(0.01))
        self.assertIsInstance(
            model.optimizer, tf_keras.mixed_precision.LossScaleOptimizer
        )
        self.assertEqual(int(model.optimizer.iterations), 4)
        # A sign decides in some: a gradient near zero may move by two steps.
        self.assert_alike(weights, expected, 0.02)


if __name__ == "__main__":
    tf.test.main()
