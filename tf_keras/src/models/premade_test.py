"""Tests of LinearModel and WideDeepModel."""

import os

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.models.premade import LinearModel, WideDeepModel

X = np.random.RandomState(0).normal(size=(4, 3)).astype("float32")
Z = np.random.RandomState(1).normal(size=(4, 2)).astype("float32")


def _filled(model, inputs):
    model(inputs)
    random = np.random.RandomState(2)
    model.set_weights(
        [random.normal(size=w.shape) for w in model.get_weights()]
    )
    return model


class LinearModelTest(tf.test.TestCase):
    def test_adds_up_the_products_of_all_inputs(self):
        for inputs in ([X, Z], (X, Z), {"b": X, "a": Z}):
            model = _filled(LinearModel(2, activation="relu"), inputs)
            kernels, bias = model.get_weights()[:-1], model.get_weights()[-1]
            if isinstance(inputs, dict):
                kernels = kernels[::-1]
            expected = X @ kernels[0] + Z @ kernels[1] + bias
            self.assertAllClose(model(inputs), np.maximum(expected, 0))

    def test_takes_one_dense_or_sparse_input(self):
        model = _filled(LinearModel(use_bias=False), X)
        expected = X @ model.get_weights()[0]
        self.assertAllClose(model(X), expected)
        self.assertAllClose(model(tf.sparse.from_dense(X)), expected)

    def test_trains_and_comes_back_from_a_file(self):
        for inputs in (X, {"a": X, "b": Z}):
            model = LinearModel(kernel_regularizer="l2")
            model.compile("sgd", "mse")
            model.fit(inputs, np.ones((4, 1)), epochs=2, verbose=0)
            path = os.path.join(self.get_temp_dir(), "linear.keras")
            model.save(path)
            again = tf_keras.models.load_model(path)
            self.assertAllClose(again(inputs), model(inputs))

    def test_names_the_keys_that_are_missing(self):
        model = LinearModel()
        model({"a": X, "b": Z})
        with self.assertRaisesRegex(ValueError, r"Missing keys: \['b'\]"):
            model({"a": X})


class WideDeepModelTest(tf.test.TestCase):
    def make(self, **kwargs):
        deep = tf_keras.Sequential([tf_keras.layers.Dense(1)])
        return WideDeepModel(LinearModel(), deep, **kwargs)

    def test_adds_up_both_models(self):
        model = _filled(self.make(activation="tanh"), [X, Z])
        wide, bias, deep, other_bias = model.get_weights()
        expected = np.tanh(X @ wide + bias + Z @ deep + other_bias)
        self.assertAllClose(model([X, Z]), expected)

    def test_gives_one_input_to_both(self):
        model = _filled(self.make(), X)
        self.assertAllClose(model(X), model([X, X]))

    def test_trains_each_part_with_its_own_optimizer(self):
        model = _filled(self.make(), [X, Z])
        model.compile([tf_keras.optimizers.SGD(0.0), "sgd"], "mse")
        before = model.get_weights()
        model.fit([X, Z], np.ones((4, 1)), verbose=0)
        after = model.get_weights()
        self.assertAllClose(before[:2], after[:2])
        self.assertNotAllClose(before[2], after[2])

    def test_comes_back_from_a_file(self):
        model = _filled(self.make(), [X, Z])
        path = os.path.join(self.get_temp_dir(), "wide.keras")
        model.save(path)
        again = tf_keras.models.load_model(path)
        self.assertAllClose(again([X, Z]), model([X, Z]))
        self.assertEqual(again.get_config(), model.get_config())


if __name__ == "__main__":
    tf.test.main()
