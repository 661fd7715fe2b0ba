"""Tests of Activation."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.activation import Activation
from tf_keras.src.testing.layer_contract import LayerContract


class ActivationTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = True

    def make_layer(self):
        return Activation("sigmoid")

    def test_applies_the_function(self):
        x = np.array([[-1.0, 2.0]], "float32")
        self.assertAllClose(Activation("relu")(x), [[0.0, 2.0]])
        self.assertAllClose(Activation(tf.square)(x), [[1.0, 4.0]])

    def test_configs_name_functions_of_tensorflow(self):
        for function, name in (
            (tf.nn.relu6, "relu6"),
            (tf.nn.softmax, "softmax"),
            (tf.nn.silu, "swish"),
        ):
            config = Activation(function).get_config()
            self.assertEqual(config["activation"], name)
            Activation.from_config(config)(tf.ones((1, 2)))

    def test_refuses_unknown_names(self):
        with self.assertRaisesRegex(ValueError, "rleu.*relu"):
            Activation("rleu")


if __name__ == "__main__":
    tf.test.main()
