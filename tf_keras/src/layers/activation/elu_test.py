"""Tests of ELU."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.activation.elu import ELU
from tf_keras.src.testing.layer_contract import LayerContract


class ELUTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return ELU(0.5)

    def test_is_exponential_below_zero(self):
        outputs = ELU(2.0)(tf.constant([-1.0, 0.0, 3.0]))
        self.assertAllClose(outputs, [2 * (np.exp(-1.0) - 1), 0.0, 3.0])

    def test_refuses_none(self):
        with self.assertRaisesRegex(ValueError, "alpha"):
            ELU(None)


if __name__ == "__main__":
    tf.test.main()
