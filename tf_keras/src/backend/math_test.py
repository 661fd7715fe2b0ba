"""Tests of elementwise functions, reductions and comparisons."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import math

_X = np.random.RandomState(0).uniform(-1, 1, (2, 3, 5)).astype("float32")
_Y = np.random.RandomState(1).uniform(-1, 1, (2, 3, 5)).astype("float32")


class ReductionsTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters("max", "min", "sum", "prod", "mean", "var", "std")
    def test_agrees_with_numpy(self, name):
        ours, numpys = getattr(math, name), getattr(np, name)
        self.assertAllClose(ours(_X), numpys(_X))
        self.assertAllClose(
            ours(_X, axis=(0, 2), keepdims=True),
            numpys(_X, axis=(0, 2), keepdims=True),
        )

    @parameterized.parameters("any", "all")
    def test_of_truth_agrees_with_numpy(self, name):
        ours, numpys = getattr(math, name), getattr(np, name)
        self.assertAllEqual(ours(_X > 0, axis=1), numpys(_X > 0, axis=1))
        self.assertAllEqual(ours([0.0, 2.0]), numpys([0.0, 2.0]))

    @parameterized.parameters("argmax", "argmin", "cumsum", "cumprod")
    def test_along_an_axis_agrees_with_numpy(self, name):
        ours, numpys = getattr(math, name), getattr(np, name)
        self.assertAllClose(ours(_X, axis=1), numpys(_X, axis=1))

    def test_mean_of_booleans_is_the_share_of_true(self):
        self.assertAllClose(math.mean(tf.constant([True, False])), 0.5)
        self.assertAllClose(math.var(tf.constant([True, False])), 0.25)


class ElementwiseTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        "square", "abs", "exp", "round", "sign", "sin", "cos"
    )
    def test_agrees_with_numpy(self, name):
        self.assertAllClose(getattr(math, name)(_X), getattr(np, name)(_X))

    @parameterized.parameters("maximum", "minimum")
    def test_of_two_agrees_with_numpy(self, name):
        ours, numpys = getattr(math, name), getattr(np, name)
        self.assertAllClose(ours(_X, _Y), numpys(_X, _Y))

    @parameterized.parameters(
        "equal", "not_equal", "greater", "greater_equal", "less", "less_equal"
    )
    def test_comparison_agrees_with_numpy(self, name):
        x, y = np.round(_X * 2), np.round(_Y * 2)
        self.assertAllEqual(getattr(math, name)(x, y), getattr(np, name)(x, y))

    def test_log_and_pow(self):
        self.assertAllClose(math.log(_X + 2), np.log(_X + 2))
        self.assertAllClose(math.pow(_X, 3), _X**3)

    def test_sqrt_of_negative_values_is_zero(self):
        self.assertAllClose(math.sqrt([-4.0, 0.0, 4.0]), [0.0, 0.0, 2.0])
        self.assertEqual(
            math.sqrt(tf.constant([4.0], tf.float16)).dtype, tf.float16
        )

    def test_clips_to_given_bounds(self):
        self.assertAllClose(math.clip(_X, -0.2, 0.3), np.clip(_X, -0.2, 0.3))
        self.assertAllClose(math.clip(_X, None, 0.3), np.minimum(_X, 0.3))
        self.assertAllClose(math.clip(_X, -0.2, None), np.maximum(_X, -0.2))
        self.assertAllClose(math.clip(_X, None, None), _X)
        self.assertAllClose(math.clip(_X, 0.5, -0.5), np.full_like(_X, 0.5))


class GradientsTest(tf.test.TestCase):
    def test_works_in_a_graph(self):
        @tf.function
        def slope(x):
            return math.gradients(x * x, [x])[0]

        self.assertAllClose(slope(tf.constant(3.0)), 6.0)

    def test_advises_eager_code(self):
        with self.assertRaisesRegex(RuntimeError, "GradientTape"):
            math.gradients(tf.constant(1.0), [tf.constant(1.0)])

    def test_stops_gradients_of_one_or_many(self):
        x = tf.constant(3.0)
        with tf.GradientTape(persistent=True) as tape:
            tape.watch(x)
            one = math.stop_gradient(x * x)
            many = math.stop_gradient([x * x, x])
        self.assertIsNone(tape.gradient(one, x))
        self.assertIsNone(tape.gradient(many, x))


if __name__ == "__main__":
    tf.test.main()
