"""Tests of LeakyReLU."""

import tensorflow as tf

from tf_keras.src.layers.activation.leaky_relu import LeakyReLU
from tf_keras.src.testing.layer_contract import LayerContract


class LeakyReLUTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return LeakyReLU(0.1)

    def test_has_a_slope_below_zero(self):
        outputs = LeakyReLU(0.5)(tf.constant([-2.0, 0.0, 3.0]))
        self.assertAllClose(outputs, [-1.0, 0.0, 3.0])

    def test_refuses_none(self):
        with self.assertRaisesRegex(ValueError, "alpha"):
            LeakyReLU(None)


if __name__ == "__main__":
    tf.test.main()
