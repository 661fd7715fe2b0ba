"""Tests of UnitNormalization."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.normalization.unit_normalization import (
    UnitNormalization,
)
from tf_keras.src.testing.layer_contract import LayerContract


class UnitNormalizationTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = True

    def make_layer(self):
        return UnitNormalization(axis=[1, 2])

    def test_vectors_have_unit_length(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4))
        for axis in (-1, 1, (1, 2)):
            outputs = UnitNormalization(axis=axis, dtype="float64")(x)
            lengths = np.sqrt((x**2).sum(axis=axis, keepdims=True))
            self.assertAllClose(outputs, x / lengths)

    def test_refuses_axes_of_another_kind(self):
        with self.assertRaisesRegex(TypeError, "axis=1.5"):
            UnitNormalization(axis=1.5)


if __name__ == "__main__":
    tf.test.main()
