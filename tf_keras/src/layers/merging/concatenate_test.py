"""Tests of Concatenate."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.merging.concatenate import Concatenate, concatenate
from tf_keras.src.testing.layer_contract import LayerContract


class ConcatenateTest(LayerContract):
    input_shape = [(2, 5, 3), (2, 5, 1)]
    passes_mask = True

    def make_layer(self):
        return Concatenate()

    def test_joins_along_its_axis(self):
        x, y = np.ones((2, 3, 4)), np.zeros((2, 5, 4))
        expected = np.concatenate([x, y], axis=1)
        self.assertAllEqual(Concatenate(axis=1)([x, y]), expected)
        self.assertAllEqual(concatenate([x, y], axis=-2), expected)

    def test_joins_masks_along_time(self):
        x, y = tf.ones((1, 2, 4)), tf.ones((1, 1, 4))
        mask = tf.constant([[True, False]])
        layer = Concatenate(axis=1)
        joined = layer.compute_mask([x, y], [mask, tf.constant([[False]])])
        self.assertAllEqual(joined, [[True, False, False]])
        joined = layer.compute_mask([x, y], [mask, None])
        self.assertAllEqual(joined, [[True, False, True]])
        self.assertIsNone(layer.compute_mask([x, y], [None, None]))

    def test_masks_keep_their_rank(self):
        x, y = tf.ones((2, 3, 4, 5)), tf.ones((2, 3, 4, 5))
        first = np.array([[1, 0, 1], [1, 1, 0]], bool)
        second = np.array([[1, 1, 0], [0, 1, 0]], bool)
        for axis, expected in (
            (1, np.concatenate((first, second), 1)),
            (2, first & second),
            (-1, first & second),
        ):
            mask = Concatenate(axis).compute_mask([x, y], [first, second])
            self.assertAllEqual(mask, expected)
        mask = Concatenate(1).compute_mask([x, y], [first, None])
        self.assertAllEqual(
            mask, np.concatenate((first, np.ones((2, 3), bool)), 1)
        )

    def test_joins_sparse_tensors(self):
        sparse = tf.sparse.from_dense([[1.0, 0.0], [0.0, 2.0]])
        joined = Concatenate()([sparse, sparse])
        self.assertAllEqual(
            tf.sparse.to_dense(joined), [[1, 0, 1, 0], [0, 2, 0, 2]]
        )

    def test_knows_shapes_as_far_as_it_can(self):
        layer = Concatenate(axis=1)
        shape = layer.compute_output_shape([(None, 3, 4), (2, None, 4)])
        self.assertEqual(shape.as_list(), [2, None, 4])
        shape = layer.compute_output_shape([(None, 3, 4), (None, 5, None)])
        self.assertEqual(shape.as_list(), [None, 8, 4])

    def test_refuses_shapes_that_do_not_fit(self):
        x = tf.ones((2, 3))
        for inputs, pattern in (
            (x, "list of 1 or more"),
            ([x, tf.ones((2, 5, 3))], "agree on all axes"),
            ([x, tf.ones((3, 3))], "agree on all axes"),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                Concatenate()(inputs)
        with self.assertRaisesRegex(ValueError, "axis=5"):
            Concatenate(axis=5)([x, x])


if __name__ == "__main__":
    tf.test.main()
