"""Tests of ReLU."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.activation.relu import ReLU
from tf_keras.src.testing.layer_contract import LayerContract


class ReLUTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return ReLU(max_value=0.5, negative_slope=0.2, threshold=0.1)

    def test_has_slope_threshold_and_bound(self):
        x = np.array([-2.0, 0.5, 1.0, 3.0, 9.0], "float32")
        self.assertAllClose(ReLU()(x), np.maximum(x, 0))
        self.assertAllClose(ReLU(max_value=4)(x), [0, 0.5, 1, 3, 4])
        self.assertAllClose(ReLU(6)(x), [0, 0.5, 1, 3, 6])
        self.assertAllClose(ReLU(negative_slope=0.5)(x), [-1, 0.5, 1, 3, 9])
        self.assertAllClose(ReLU(threshold=2)(x), [0, 0, 0, 3, 9])
        layer = ReLU(4, negative_slope=0.5, threshold=2)
        self.assertAllClose(layer(x), [-2, -0.75, -0.5, 3, 4])

    def test_refuses_negative_arguments(self):
        for name in ("max_value", "negative_slope", "threshold"):
            with self.assertRaisesRegex(ValueError, f"{name}=-1"):
                ReLU(**{name: -1.0})


if __name__ == "__main__":
    tf.test.main()
