"""Tests of CategoryEncoding."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.category_encoding import (
    CategoryEncoding,
)
from tf_keras.src.testing.layer_contract import LayerContract


class CategoryEncodingTest(LayerContract):
    input_shape = (2, 3)
    input_dtype = "int64"
    has_gradient = False
    jit_compile = "DenseBincount with checks of ranges has no XLA kernel"

    def make_layer(self):
        return CategoryEncoding(num_tokens=4, output_mode="count")

    def test_computes_in_16_bits_over_float32_weights(self):
        self.skipTest("counts are small integers in every dtype")


class CategoryEncodingValuesTest(tf.test.TestCase):
    def test_encodes_in_each_mode(self):
        x = np.array([[0, 2, 2], [1, 1, 1]])
        for mode, expected in {
            "multi_hot": [[1, 0, 1, 0], [0, 1, 0, 0]],
            "count": [[1, 0, 2, 0], [0, 3, 0, 0]],
        }.items():
            for sparse in (False, True):
                layer = CategoryEncoding(4, mode, sparse=sparse)
                outputs = layer(x)
                if sparse:
                    outputs = tf.sparse.to_dense(outputs)
                self.assertAllEqual(outputs, expected)
        self.assertAllEqual(
            CategoryEncoding(3, "one_hot")([0, 2]), [[1, 0, 0], [0, 0, 1]]
        )

    def test_counts_with_weights(self):
        layer = CategoryEncoding(3, "count")
        outputs = layer([[0, 1, 1]], count_weights=[[0.5, 1.0, 2.0]])
        self.assertAllClose(outputs, [[0.5, 3.0, 0.0]])

    def test_refuses_categories_out_of_range(self):
        for value in (-1, 3):
            with self.assertRaises(tf.errors.InvalidArgumentError):
                CategoryEncoding(3)([[value]])

    def test_refuses_an_unknown_mode(self):
        with self.assertRaisesRegex(ValueError, "multi_hot"):
            CategoryEncoding(3, "multihot")


if __name__ == "__main__":
    tf.test.main()
