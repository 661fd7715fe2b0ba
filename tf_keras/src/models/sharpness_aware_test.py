"""Tests of SharpnessAwareMinimization."""

import os

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.models.sharpness_aware import SharpnessAwareMinimization

X = np.arange(12.0).reshape(4, 3).astype("float32") / 10
Y = np.ones((4, 1), "float32")
RATE = 0.1


def _inner():
    return tf_keras.Sequential(
        [tf_keras.Input((3,)), tf_keras.layers.Dense(1, use_bias=False)]
    )


def _gradient(kernel, x, y):
    return 2 * x.T @ (x @ kernel - y) / len(x)


class SharpnessAwareTest(tf.test.TestCase):
    def check_step(self, splits):
        model = SharpnessAwareMinimization(
            _inner(), rho=0.3, num_batch_splits=splits
        )
        model.compile(tf_keras.optimizers.SGD(RATE), "mse")
        kernel = model.get_weights()[0]
        total = 0
        for x, y in zip(np.split(X, splits or 1), np.split(Y, splits or 1)):
            uphill = _gradient(kernel, x, y)
            climb = 0.3 * uphill / np.linalg.norm(uphill)
            total += _gradient(kernel + climb, x, y)
        model.fit(X, Y, batch_size=4, shuffle=False, verbose=0)
        self.assertAllClose(model.get_weights()[0], kernel - RATE * total)

    def test_descends_by_the_gradient_uphill(self):
        self.check_step(None)

    def test_sums_up_the_gradients_of_parts(self):
        self.check_step(2)

    def test_splits_inputs_in_a_dict_and_their_weights(self):
        a, b = tf_keras.Input((3,), name="a"), tf_keras.Input((3,), name="b")
        inner = tf_keras.Model(
            {"a": a, "b": b}, tf_keras.layers.Dense(1)(a + b)
        )
        model = SharpnessAwareMinimization(inner, num_batch_splits=2)
        model.compile("sgd", "mse", metrics=["mae"])
        before = model.get_weights()[0]
        logs = model.fit(
            {"a": X, "b": X}, Y, sample_weight=np.ones(4), verbose=0
        ).history
        self.assertEqual(list(logs), ["loss", "mae"])
        self.assertNotAllClose(model.get_weights()[0], before)

    def test_comes_back_from_a_file(self):
        model = SharpnessAwareMinimization(_inner(), rho=0.1)
        model(X)
        path = os.path.join(self.get_temp_dir(), "sam.keras")
        model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertEqual(again.rho, 0.1)
        self.assertAllClose(again(X), model(X))


if __name__ == "__main__":
    tf.test.main()
