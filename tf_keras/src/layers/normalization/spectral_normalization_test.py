"""Tests of SpectralNormalization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.convolutional.conv import Conv2D
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.layers.normalization.spectral_normalization import (
    SpectralNormalization,
)
from tf_keras.src.layers.reshaping.flatten import Flatten
from tf_keras.src.testing.layer_contract import LayerContract


class SpectralNormalizationTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return SpectralNormalization(Dense(3), power_iterations=2)

    def test_the_greatest_singular_value_becomes_one(self):
        for inner, x in (
            (Dense(3), tf.ones((2, 5))),
            (Conv2D(3, 2), tf.ones((2, 4, 4, 2))),
            (Embedding(6, 3), tf.ones((2, 4), tf.int32)),
        ):
            layer = SpectralNormalization(inner, power_iterations=30)
            layer(x, training=True)
            matrix = layer.kernel.numpy().reshape(-1, 3)
            values = np.linalg.svd(matrix, compute_uv=False)
            self.assertAllClose(values[0], 1.0, rtol=1e-3)

    def test_does_nothing_outside_of_training(self):
        layer = SpectralNormalization(Dense(3))
        layer(tf.ones((2, 5)))
        before = layer.get_weights()
        layer(tf.ones((2, 5)), training=False)
        self.assertAllEqual(layer.get_weights()[0], before[0])

    def test_normalises_inside_of_functions(self):
        layer = SpectralNormalization(Dense(3), power_iterations=30)
        layer(tf.ones((2, 5)))
        run = tf.function(lambda x, flag: layer(x, training=flag))
        run(tf.ones((2, 5)), tf.constant(True))
        values = np.linalg.svd(layer.kernel.numpy(), compute_uv=False)
        self.assertAllClose(values[0], 1.0, rtol=1e-3)

    def test_refuses_layers_without_a_kernel(self):
        with self.assertRaisesRegex(ValueError, "Flatten"):
            SpectralNormalization(Flatten())(tf.ones((2, 5)))
        with self.assertRaisesRegex(ValueError, "wraps a layer"):
            SpectralNormalization("dense")
        with self.assertRaisesRegex(ValueError, "power_iterations=0"):
            SpectralNormalization(Dense(3), power_iterations=0)


if __name__ == "__main__":
    tf.test.main()
