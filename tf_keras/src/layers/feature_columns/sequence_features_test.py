"""Tests of SequenceFeatures."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.feature_columns.sequence_features import (
    SequenceFeatures,
)

columns = tf.feature_column
TOKENS = columns.sequence_categorical_column_with_identity("t", num_buckets=5)
VECTORS = columns.embedding_column(TOKENS, 2)
VALUES = columns.sequence_numeric_column("v")
PLACES = [[0, 0], [0, 1], [1, 0]]
FEATURES = {
    "t": tf.SparseTensor(PLACES, tf.constant([1, 2, 3], tf.int64), (2, 3)),
    "v": tf.SparseTensor(PLACES, [0.5, 0.25, 0.75], (2, 3)),
}


class SequenceFeaturesTest(tf.test.TestCase):
    def test_joins_columns_at_each_step_and_tells_lengths(self):
        layer = SequenceFeatures([VALUES, VECTORS])
        sequence, lengths = layer(FEATURES)
        table = layer.get_weights()[0]
        expected = np.zeros((2, 3, 3))
        for (row, step), token, value in zip(
            PLACES, (1, 2, 3), (0.5, 0.25, 0.75)
        ):
            expected[row, step] = [*table[token], value]
        self.assertAllClose(sequence, expected)
        self.assertAllEqual(lengths, [2, 1])
        self.assertEqual(layer.compute_output_shape((4, 5)), (4, 5, 3))

    def test_comes_back_from_its_config(self):
        layer = SequenceFeatures([VALUES, VECTORS])
        again = SequenceFeatures.from_config(layer.get_config())
        self.assertEqual(again.get_config(), layer.get_config())

    def test_refuses_columns_of_different_lengths(self):
        values = tf.SparseTensor(PLACES[:1], [0.5], (2, 3))
        with self.assertRaisesRegex(
            tf.errors.InvalidArgumentError, "differ in the lengths"
        ):
            SequenceFeatures([VALUES, VECTORS])({**FEATURES, "v": values})

    def test_refuses_columns_without_steps(self):
        with self.assertRaisesRegex(ValueError, "SequenceDenseColumn"):
            SequenceFeatures([columns.numeric_column("a")])


if __name__ == "__main__":
    tf.test.main()
