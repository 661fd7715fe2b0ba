"""Tests of Identity."""

import tensorflow as tf

from tf_keras.src.layers.core.identity import Identity
from tf_keras.src.testing.layer_contract import LayerContract


class IdentityTest(LayerContract):
    input_shape = (2, 5)

    def make_layer(self):
        return Identity()

    def test_returns_nests(self):
        x = {"a": tf.ones((2, 3)), "b": [tf.zeros((2,))]}
        outputs = Identity()(x)
        self.assertAllEqual(outputs["a"], x["a"])
        self.assertAllEqual(outputs["b"][0], x["b"][0])


if __name__ == "__main__":
    tf.test.main()
