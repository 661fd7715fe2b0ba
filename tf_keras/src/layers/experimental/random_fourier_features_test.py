"""Tests of RandomFourierFeatures."""

import numpy as np
import tensorflow as tf

from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.layers.experimental.random_fourier_features import (
    RandomFourierFeatures,
)
from tf_keras.src.testing.layer_contract import LayerContract


class RandomFourierFeaturesTest(LayerContract):
    input_shape = (2, 3)

    def make_layer(self):
        return RandomFourierFeatures(4, scale=2.0, trainable=True)

    def test_computes_in_64_bits(self):
        self.skipTest("its weights are float32 in every policy")

    def test_computes_in_16_bits_over_float32_weights(self):
        self.skipTest("its weights read in the policy's dtype")


class KernelTest(tf.test.TestCase):
    def test_products_approximate_the_kernel(self):
        set_random_seed(1)
        x = np.random.RandomState(0).normal(size=(6, 3)).astype("float32")
        ways = x[:, None] - x[None]
        for name, kernel in {
            "gaussian": np.exp(-(ways**2).sum(-1) / (2 * 1.5**2)),
            "laplacian": np.exp(-np.abs(ways).sum(-1) / 1.5),
        }.items():
            layer = RandomFourierFeatures(20000, name, scale=1.5)
            features = layer(x).numpy() * np.sqrt(2 / 20000)
            self.assertAllClose(features @ features.T, kernel, atol=0.03)

    def test_refuses_an_unknown_kernel(self):
        with self.assertRaisesRegex(ValueError, "gaussian"):
            RandomFourierFeatures(4, "gausian")


if __name__ == "__main__":
    tf.test.main()
