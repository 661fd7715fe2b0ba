"""Tests of ThresholdedReLU."""

import tensorflow as tf

from tf_keras.src.layers.activation.thresholded_relu import ThresholdedReLU
from tf_keras.src.testing.layer_contract import LayerContract


class ThresholdedReLUTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return ThresholdedReLU(0.3)

    def test_is_zero_up_to_the_threshold(self):
        outputs = ThresholdedReLU(1.0)(tf.constant([-2.0, 1.0, 1.5]))
        self.assertAllEqual(outputs, [0.0, 0.0, 1.5])

    def test_refuses_negative_thresholds(self):
        for theta in (None, -1.0):
            with self.assertRaisesRegex(ValueError, "theta"):
                ThresholdedReLU(theta)


if __name__ == "__main__":
    tf.test.main()
