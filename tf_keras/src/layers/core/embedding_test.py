"""Tests of Embedding."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.testing.layer_contract import LayerContract


class EmbeddingTest(LayerContract):
    input_shape = (2, 5)
    input_dtype = "int32"
    passes_mask = None
    has_gradient = False

    def make_layer(self):
        return Embedding(4, 3, mask_zero=True)

    def test_looks_up_rows(self):
        layer = Embedding(4, 3)
        layer.build((None, None))
        table = np.arange(12, dtype="float32").reshape(4, 3)
        layer.set_weights([table])
        indices = np.array([[3, 0], [1, 1]])
        self.assertAllEqual(layer(indices), table[indices])
        self.assertAllEqual(layer(indices.astype("float32")), table[indices])

    def test_gradients_are_sparse(self):
        layer = Embedding(4, 3)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(layer(tf.constant([[2, 0, 2]])))
        gradient = tape.gradient(loss, layer.trainable_weights)[0]
        self.assertIsInstance(gradient, tf.IndexedSlices)
        expected = [[1.0] * 3, [0.0] * 3, [2.0] * 3, [0.0] * 3]
        self.assertAllEqual(tf.convert_to_tensor(gradient), expected)

    def test_masks_zeros_where_it_should(self):
        indices = tf.constant([[3, 0], [0, 1]])
        outputs = Embedding(4, 3, mask_zero=True)(indices)
        self.assertAllEqual(outputs._keras_mask, [[True, False], [False, True]])
        outputs = Embedding(4, 3)(indices)
        self.assertIsNone(getattr(outputs, "_keras_mask", None))

    def test_keeps_rows_ragged(self):
        layer = Embedding(4, 3, mask_zero=True)
        ragged = tf.ragged.constant([[1, 2, 3], [], [2]])
        outputs = layer(ragged)
        self.assertAllEqual(outputs.row_lengths(), [3, 0, 1])
        self.assertAllClose(
            outputs.flat_values, layer.embeddings.numpy()[[1, 2, 3, 2]]
        )

    def test_sparse_inputs_become_dense_or_stay_sparse(self):
        entries = tf.SparseTensor([[0, 0], [1, 2]], [3, 1], (2, 3))
        dense = tf.sparse.to_dense(entries)
        layer = Embedding(4, 2)
        self.assertAllEqual(layer(entries), layer(dense))
        layer = Embedding(4, 2, sparse=True)
        outputs = layer(entries)
        table = layer.embeddings.numpy()
        expected = np.zeros((2, 3, 2), "float32")
        expected[0, 0], expected[1, 2] = table[3], table[1]
        self.assertAllEqual(tf.sparse.to_dense(outputs), expected)

    def test_knows_lengths_that_were_given(self):
        layer = Embedding(4, 2, input_length=5)
        self.assertEqual(layer.compute_output_shape((None, None)), (None, 5, 2))
        with self.assertRaisesRegex(ValueError, "input_length=5"):
            layer.compute_output_shape((None, 3))

    def test_refuses_sizes_that_are_not_positive(self):
        for sizes in ((0, 3), (3, 0)):
            with self.assertRaisesRegex(ValueError, "positive"):
                Embedding(*sizes)


if __name__ == "__main__":
    tf.test.main()
