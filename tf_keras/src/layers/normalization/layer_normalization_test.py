"""Tests of LayerNormalization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.layers.normalization.layer_normalization import (
    LayerNormalization,
)
from tf_keras.src.testing.layer_contract import LayerContract


class LayerNormalizationTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return LayerNormalization()


class SeveralAxesTest(LayerContract):
    input_shape = (2, 5, 3, 4)
    passes_mask = True

    def make_layer(self):
        return LayerNormalization(axis=[1, 3], scale=False)

    def check_values(self, axis, shape, parameter_shape, wide_shape):
        random = np.random.RandomState(0)
        x = random.normal(2, 3, size=shape).astype("float32")
        layer = LayerNormalization(axis=axis, epsilon=0.01)
        layer(x)
        gamma, beta = random.normal(size=(2, *parameter_shape))
        layer.set_weights([gamma, beta])
        axes = tuple([axis] if isinstance(axis, int) else axis)
        expected = (x - x.mean(axes, keepdims=True)) / np.sqrt(
            x.var(axes, keepdims=True) + 0.01
        )
        expected = expected * gamma.reshape(wide_shape)
        expected = expected + beta.reshape(wide_shape)
        self.assertAllClose(layer(x), expected, rtol=1e-5, atol=1e-5)

    def test_normalises_over_its_axes(self):
        self.check_values(-1, (2, 3, 4), (4,), (4,))
        self.check_values([1, 2], (2, 3, 4), (3, 4), (3, 4))
        self.check_values(1, (2, 3, 4), (3,), (1, 3, 1))
        self.check_values([1, 3], (2, 3, 5, 4), (3, 4), (1, 3, 1, 4))

    def test_large_means_cost_no_precision(self):
        x = np.array([[1000.0, 1001.0, 1002.0]], "float32")
        outputs = LayerNormalization(epsilon=0.0)(x)
        self.assertAllClose(outputs, [[-1.2247, 0.0, 1.2247]], atol=1e-3)

    def test_half_precision_takes_moments_in_float32(self):
        x = tf.constant([[300.0, 310.0, 320.0]], tf.float16)
        outputs = LayerNormalization(dtype="mixed_float16")(x)
        self.assertAllClose(outputs, [[-1.2247, 0.0, 1.2247]], atol=1e-2)

    def test_refuses_axes_that_are_not_there(self):
        x = tf.ones((2, 3))
        with self.assertRaisesRegex(ValueError, "no such axis"):
            LayerNormalization(axis=5)(x)
        with self.assertRaisesRegex(ValueError, "twice"):
            LayerNormalization(axis=[1, -1])(x)
        with self.assertRaisesRegex(ValueError, "must be known"):
            LayerNormalization().build((2, None))
        with self.assertRaisesRegex(TypeError, "axis='a'"):
            LayerNormalization(axis="a")

    def test_needs_no_sizes_without_weights(self):
        layer = LayerNormalization(axis=1, center=False, scale=False)
        self.assertEqual(layer(Input((None, 3))).shape, (None, None, 3))
        x = np.random.RandomState(1).rand(2, 4, 3).astype("float32")
        deviation = np.sqrt(x.var(1, keepdims=True) + 0.001)
        expected = (x - x.mean(1, keepdims=True)) / deviation
        self.assertAllClose(layer(x), expected, 1e-5, 1e-5)


if __name__ == "__main__":
    tf.test.main()
