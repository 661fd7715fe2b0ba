"""Tests of Softmax."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.activation.softmax import Softmax
from tf_keras.src.testing.layer_contract import LayerContract


def _softmax(x, axis):
    exponents = np.exp(x - x.max(axis=axis, keepdims=True))
    return exponents / exponents.sum(axis=axis, keepdims=True)


class SoftmaxTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = None

    def make_layer(self):
        return Softmax(axis=[1, 2])

    def test_sums_to_one_along_its_axes(self):
        x = np.random.RandomState(0).normal(size=(2, 3, 4))
        for axis in (-1, 1, (1, 2), [2]):
            layer = Softmax(axis=axis, dtype="float64")
            along = tuple(axis) if isinstance(axis, list) else axis
            self.assertAllClose(layer(x), _softmax(x, along))

    def test_masked_places_get_nothing(self):
        x = np.array([[1.0, 2.0, 3.0]], "float32")
        mask = np.array([[True, False, True]])
        kept = _softmax(x[:, [0, 2]], -1)
        expected = [[kept[0, 0], 0.0, kept[0, 1]]]
        for robust in (False, True):
            for dtype in ("float32", "float64"):
                layer = Softmax(robust_masking=robust, dtype=dtype)
                outputs = layer(tf.constant(x, dtype), mask=mask)
                self.assertAllClose(outputs, expected)

    def test_robust_masks_outweigh_any_score(self):
        x = tf.constant([[0.0, 1e9]])
        mask = tf.constant([[True, False]])
        layer = Softmax(robust_masking=True)
        self.assertAllClose(layer(x, mask=mask), [[1.0, 0.0]])

    def test_config_holds_robust_masking_where_it_is_set(self):
        self.assertNotIn("robust_masking", Softmax().get_config())
        config = Softmax(robust_masking=True).get_config()
        self.assertTrue(Softmax.from_config(config).robust_masking)


if __name__ == "__main__":
    tf.test.main()
