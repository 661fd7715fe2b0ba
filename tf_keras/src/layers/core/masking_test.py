"""Tests of Masking."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.masking import Masking
from tf_keras.src.testing.layer_contract import LayerContract


class MaskingTest(LayerContract):
    input_shape = (2, 5, 3)
    passes_mask = None

    def make_layer(self):
        return Masking()

    def test_masks_steps_of_one_value(self):
        x = np.array([[[1.0, 7.0], [7.0, 7.0], [0.0, 0.0]]], "float32")
        outputs = Masking(mask_value=7.0)(x)
        self.assertAllEqual(outputs._keras_mask, [[True, False, True]])
        self.assertAllEqual(outputs, [[[1.0, 7.0], [0.0, 0.0], [0.0, 0.0]]])


if __name__ == "__main__":
    tf.test.main()
