"""Tests of dot and batch_dot."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.backend.linear_algebra import batch_dot, dot


def _random(*shape):
    return np.random.RandomState(len(shape)).rand(*shape).astype("float32")


class DotTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ((2, 3), (3, 4)),
        ((2, 3, 4), (4, 5)),
        ((2, 3), (5, 3, 4)),
        ((2, 3, 4), (5, 4, 6)),
        ((2, 3), (3,)),
    )
    def test_agrees_with_numpy(self, x_shape, y_shape):
        x, y = _random(*x_shape), _random(*y_shape)
        self.assertAllClose(dot(tf.constant(x), tf.constant(y)), np.dot(x, y))

    def test_takes_a_sparse_matrix(self):
        y = _random(3, 4)
        self.assertAllClose(dot(tf.sparse.eye(3), tf.constant(y)), y)

    def test_keeps_unknown_lengths(self):
        multiply = tf.function(dot).get_concrete_function(
            tf.TensorSpec((None, None, 4)), tf.TensorSpec((4, 2))
        )
        self.assertEqual(multiply.output_shapes.as_list(), [None, None, 2])


class BatchDotTest(tf.test.TestCase, parameterized.TestCase):
    def test_takes_arrays(self):
        x, y = np.arange(12.0).reshape(2, 2, 3, 1)[..., 0]
        expected = np.einsum("ab,ab->a", x, y)[:, np.newaxis]
        self.assertAllClose(batch_dot(x, y), expected)
        self.assertAllClose(batch_dot(x, tf.constant(y)), expected)

    @parameterized.parameters(
        ((2, 3, 4), (2, 4, 5), None, "bij,bjk->bik"),
        ((2, 3, 4), (2, 5, 4), 2, "bij,bkj->bik"),
        ((2, 3, 4), (2, 3, 5), 1, "bji,bjk->bik"),
        ((2, 3, 4), (2, 4), None, "bij,bj->bi"),
        ((2, 4), (2, 4, 3), None, "bj,bjk->bk"),
        ((2, 3, 4, 5), (2, 4, 6, 7), (2, 1), "bijk,bjlm->biklm"),
        ((2, 3, 4, 5), (2, 6, 5, 7), (-1, -2), "bijk,blkm->bijlm"),
    )
    def test_agrees_with_einsum(self, x_shape, y_shape, axes, equation):
        x, y = _random(*x_shape), _random(*y_shape)
        self.assertAllClose(
            batch_dot(tf.constant(x), tf.constant(y), axes),
            np.einsum(equation, x, y),
        )

    def test_of_vectors_keeps_an_axis(self):
        x, y = _random(2, 3), _random(2, 3)
        self.assertAllClose(
            batch_dot(tf.constant(x), tf.constant(y)),
            (x * y).sum(-1, keepdims=True),
        )

    @parameterized.parameters(
        ((2,), (2, 3), None, "rank 2 or more"),
        ((2, 3), (3, 3), None, "one size"),
        ((2, 3), (2, 3), (0, 1), "expand_dims"),
        ((2, 3), (2, 3), (1, 1, 1), "an integer or two"),
        ((2, 3), (2, 3), 1.5, "integer"),
        ((2, 3, 4), (2, 3, 4), (1, 2), "lengths 3 and 4"),
    )
    def test_refuses_what_does_not_fit(self, x_shape, y_shape, axes, message):
        with self.assertRaisesRegex(ValueError, message):
            batch_dot(tf.ones(x_shape), tf.ones(y_shape), axes)


if __name__ == "__main__":
    tf.test.main()
