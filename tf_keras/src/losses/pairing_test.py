"""Tests of what every loss function does first."""

import numpy as np
import tensorflow as tf

from tf_keras.src.losses.crossentropy import sparse_categorical_crossentropy
from tf_keras.src.losses.pairing import drop_last_axis, pairs_elements
from tf_keras.src.losses.similarity import kl_divergence


@pairs_elements
def _difference(y_true, y_pred):
    return tf.reduce_sum(y_true - y_pred, axis=-1)


class PairingTest(tf.test.TestCase):
    def test_targets_get_the_dtype_of_predictions(self):
        result = _difference(np.array([[3, 4]]), tf.ones((1, 2), tf.float16))
        self.assertEqual(result.dtype, tf.float16)
        self.assertAllClose(result, [5.0])

    def test_whole_numbers_become_floats(self):
        result = _difference([[3, 4]], [[1, 1]])
        self.assertEqual(result.dtype, tf.float32)
        self.assertAllClose(result, [5.0])

    def test_sparse_targets_are_made_dense(self):
        y_true = tf.sparse.from_dense([[0.0, 2.0], [3.0, 0.0]])
        self.assertAllClose(_difference(y_true, tf.ones((2, 2))), [0.0, 1.0])

    def test_ragged_steps_give_ragged_losses(self):
        y_true = tf.ragged.constant([[[1.0, 2.0]], [[3.0, 4.0], [5.0, 6.0]]], 1)
        result = _difference(y_true, y_true * 0.5)
        self.assertAllEqual(result, tf.ragged.constant([[1.5], [3.5, 5.5]]))

    def test_ragged_rows_give_a_loss_each(self):
        y_true = tf.ragged.constant([[0.25, 0.75], [1.0]])
        y_pred = tf.ragged.constant([[0.5, 0.5], [0.5]])
        expected = [
            0.25 * np.log(0.5) + 0.75 * np.log(1.5),
            np.log(2.0),
        ]
        self.assertAllClose(kl_divergence(y_true, y_pred), expected)

    def test_ragged_against_dense_is_made_dense(self):
        y_true = tf.ragged.constant([[1.0, 2.0], [3.0, 4.0]])
        self.assertAllClose(_difference(y_true, tf.ones((2, 2))), [1.0, 5.0])

    def test_class_numbers_stay_whole(self):
        y_true = tf.ragged.constant([[0, 1], [1]])
        y_pred = tf.ragged.constant([[[0.2, 0.8], [0.3, 0.7]], [[0.4, 0.6]]], 1)
        losses = sparse_categorical_crossentropy(y_true, y_pred)
        expected = -np.log([0.2, 0.7, 0.6])
        self.assertAllClose(losses.flat_values, expected)

    def test_last_axis_is_dropped_only_where_it_is_one(self):
        longer, shorter = tf.zeros((3, 1)), tf.zeros((3,))
        for pair in ((longer, shorter), (shorter, longer)):
            self.assertEqual(
                [y.shape.rank for y in drop_last_axis(*pair)], [1, 1]
            )
        kept = drop_last_axis(tf.zeros((3, 2)), shorter)
        self.assertEqual([y.shape.rank for y in kept], [2, 1])


if __name__ == "__main__":
    tf.test.main()
