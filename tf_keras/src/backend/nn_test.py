"""Tests of functions of neural networks."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend import nn

_X = np.array([[-3.0, -0.5, 0.0], [0.5, 2.0, 7.0]], "float32")


def _relu(x, alpha, max_value, threshold):
    below = alpha * (x - threshold)
    capped = x if max_value is None else np.minimum(x, max_value)
    return np.where(x > threshold, capped, below)


class ReluTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.product(
        alpha=(0.0, 0.2), max_value=(None, 1.5, 6), threshold=(0.0, 1.0)
    )
    def test_agrees_with_its_definition(self, alpha, max_value, threshold):
        expected = _relu(_X, alpha, max_value, threshold)
        for x in (_X, tf.constant(_X)):
            self.assertAllClose(
                nn.relu(x, alpha, max_value, threshold), expected
            )

    def test_takes_integers(self):
        x = tf.constant([-1, 3, 9])
        self.assertAllEqual(nn.relu(x, max_value=6), [0, 3, 6])


class ActivationsTest(tf.test.TestCase):
    def test_softmax_over_two_axes(self):
        x = np.arange(6.0).reshape(1, 2, 3)
        expected = np.exp(x) / np.exp(x).sum()
        self.assertAllClose(nn.softmax(tf.constant(x), [1, 2]), expected)

    def test_agree_with_numpy(self):
        exps = np.exp(_X)
        for ours, expected in (
            (nn.elu(_X, 0.5), np.where(_X > 0, _X, 0.5 * (exps - 1))),
            (nn.softmax(_X), exps / exps.sum(-1, keepdims=True)),
            (nn.softmax(_X, 0), exps / exps.sum(0)),
            (nn.softplus(_X), np.log(exps + 1)),
            (nn.softsign(_X), _X / (np.abs(_X) + 1)),
            (nn.sigmoid(_X), 1 / (1 + 1 / exps)),
            (nn.hard_sigmoid(_X), np.clip(0.2 * _X + 0.5, 0, 1)),
            (nn.tanh(_X), np.tanh(_X)),
            (nn.l2_normalize(_X), _X / np.linalg.norm(_X)),
            (
                nn.l2_normalize(_X, 1),
                _X / np.linalg.norm(_X, axis=1, keepdims=True),
            ),
        ):
            self.assertAllClose(ours, expected)

    def test_in_top_k(self):
        found = nn.in_top_k(tf.constant(_X), tf.constant([2, 0]), 2)
        self.assertAllEqual(found, [True, False])


class BiasAddTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(2, 3, 4, 5)
    def test_adds_to_the_last_axis(self, rank):
        bias = np.array([1.0, 2.0, 3.0], "float32")
        x = np.zeros((2, 4, 5, 6)[: rank - 1] + (3,), "float32")
        added = nn.bias_add(tf.constant(x), tf.constant(bias))
        self.assertAllEqual(added, x + bias)

    @parameterized.parameters(3, 4, 5)
    def test_adds_to_channels_first(self, rank):
        bias = np.array([1.0, 2.0, 3.0], "float32")
        x = np.zeros((2, 3, 4, 5, 6)[:rank], "float32")
        added = nn.bias_add(tf.constant(x), tf.constant(bias), "channels_first")
        self.assertAllEqual(added, x + bias.reshape(3, *[1] * (rank - 2)))

    def test_adds_one_value_for_each_place(self):
        x, bias = np.zeros((2, 4, 3), "float32"), np.random.rand(4, 3)
        bias = bias.astype("float32")
        self.assertAllClose(
            nn.bias_add(tf.constant(x), tf.constant(bias)), x + bias
        )

    def test_refuses_other_ranks(self):
        with self.assertRaisesRegex(ValueError, "rank 1 or 3"):
            nn.bias_add(tf.ones((1, 2, 3, 4)), tf.ones((3, 4)))


class BatchNormalizationTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.x = random.rand(4, 3, 5, 2).astype("float32")

    def test_normalises_along_any_axis(self):
        for axis, size in ((-1, 2), (1, 3)):
            mean, gamma = np.arange(size) + 0.5, np.arange(size) + 2.0
            mean, gamma = mean.astype("float32"), gamma.astype("float32")
            shape = [1, 1, 1, size] if axis == -1 else [1, size, 1, 1]
            wide_mean, wide_gamma = mean.reshape(shape), gamma.reshape(shape)
            self.assertAllClose(
                nn.batch_normalization(
                    tf.constant(self.x),
                    tf.constant(mean),
                    tf.constant(gamma),
                    None,
                    tf.constant(gamma),
                    axis,
                    epsilon=0.1,
                ),
                wide_gamma * (self.x - wide_mean) / np.sqrt(wide_gamma + 0.1),
            )

    def test_normalises_by_the_batch(self):
        for axes, size in (([0, 1, 2], 2), ([0, -1, 2], 3)):
            gamma, beta = tf.range(1.0, size + 1), tf.range(0.0, size)
            y, mean, var = nn.normalize_batch_in_training(
                tf.constant(self.x), gamma, beta, axes
            )
            numpy_axes = tuple(axis % 4 for axis in axes)
            self.assertAllClose(mean, self.x.mean(numpy_axes))
            if size == 3:
                self.assertAllClose(var, self.x.var(numpy_axes))
            spread = np.sqrt(self.x.var(numpy_axes) + 1e-3)
            self.assertAllClose(np.mean(y, numpy_axes), beta, atol=1e-5)
            self.assertAllClose(
                np.std(y, numpy_axes),
                gamma * np.sqrt(self.x.var(numpy_axes)) / spread,
                rtol=1e-4,
            )

    def test_scale_and_offset_may_be_none(self):
        y, _, _ = nn.normalize_batch_in_training(
            tf.constant(self.x), None, None, [0, 1, 2]
        )
        self.assertAllClose(np.mean(y, (0, 1, 2)), [0.0, 0.0], atol=1e-5)


if __name__ == "__main__":
    tf.test.main()
