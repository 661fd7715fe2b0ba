"""Tests of CategoryEncoding, Hashing, HashedCrossing and Discretization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.category_encoding import (
    CategoryEncoding,
)
from tf_keras.src.layers.preprocessing.discretization import Discretization
from tf_keras.src.layers.preprocessing.hashed_crossing import HashedCrossing
from tf_keras.src.layers.preprocessing.hashing import Hashing
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


class DiscretizationTest(LayerContract):
    input_shape = (2, 3)
    has_gradient = False
    jit_compile = "Bucketize has no XLA kernel"

    def make_layer(self):
        return Discretization(bin_boundaries=[-0.5, 0.0, 0.5])

    def test_computes_in_16_bits_over_float32_weights(self):
        self.skipTest("bins are integers")

    def test_computes_in_64_bits(self):
        self.skipTest("bins are integers")


class ValuesTest(tf.test.TestCase):
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

    def test_hashes_strings_and_integers_alike(self):
        layer = Hashing(100)
        self.assertAllEqual(layer([1, 22]), layer(["1", "22"]))
        self.assertNotAllEqual(layer([1, 22]), Hashing(100, salt=3)([1, 22]))

    def test_bin_0_is_the_masks(self):
        bins = Hashing(4, mask_value="")([["", "a", "b", "c", "d"]])
        self.assertAllEqual(bins[0] == 0, [True] + [False] * 4)

    def test_crosses_features(self):
        layer = HashedCrossing(1000)
        first = layer((["a", "b", "a"], [1, 1, 2]))
        self.assertEqual(first.shape, (3,))
        self.assertLen(set(first.numpy()), 3)
        self.assertAllEqual(layer((["a"], [2])), first[2:])

    def test_crosses_scalars(self):
        self.assertEqual(HashedCrossing(9)(("a", 1)).shape, ())

    def test_learns_bins_that_hold_as_many_each(self):
        x = np.random.RandomState(0).normal(size=20000).astype("float32")
        expected = np.quantile(x, [0.25, 0.5, 0.75])
        stream = tf.data.Dataset.from_tensor_slices(x).batch(1000)
        for data in (x, stream):
            layer = Discretization(num_bins=4)
            layer.adapt(data)
            self.assertAllClose(layer.bin_boundaries, expected, atol=0.05)
        again = Discretization(num_bins=4)
        again(x)
        again.set_weights(layer.get_weights())
        self.assertAllEqual(again(x), layer(x))

    def test_discretization_needs_boundaries_or_a_number(self):
        with self.assertRaisesRegex(ValueError, "either `bin_boundaries`"):
            Discretization()


if __name__ == "__main__":
    tf.test.main()
