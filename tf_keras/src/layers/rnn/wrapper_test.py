"""Tests of Wrapper."""

import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.rnn.wrapper import Wrapper


class Outer(Wrapper):
    """Calls the layer within."""

    def call(self, inputs):
        return self.layer(inputs) * 2


class WrapperTest(tf.test.TestCase):
    def test_builds_the_layer_within(self):
        layer = Outer(Dense(3, name="within"), name="outer")
        layer(tf.ones((2, 5)))
        names = [weight.name for weight in layer.weights]
        self.assertEqual(names, ["outer/kernel:0", "outer/bias:0"])

    def test_config_holds_the_layer_within(self):
        layer = Outer(Dense(3, activity_regularizer="l2"))
        again = Outer.from_config(layer.get_config())
        self.assertEqual(again.layer.units, 3)
        self.assertEqual(again.get_config(), layer.get_config())
        self.assertIs(
            again.activity_regularizer, again.layer.activity_regularizer
        )

    def test_refuses_what_is_no_layer(self):
        with self.assertRaisesRegex(ValueError, "wraps a layer"):
            Wrapper(3)


if __name__ == "__main__":
    tf.test.main()
