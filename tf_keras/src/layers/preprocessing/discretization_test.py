"""Tests of Discretization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.preprocessing.discretization import Discretization
from tf_keras.src.testing.layer_contract import LayerContract


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


class DiscretizationValuesTest(tf.test.TestCase):
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
