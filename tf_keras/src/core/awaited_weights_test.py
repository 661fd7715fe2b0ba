"""Tests of weights that wait for the values of a file."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.awaited_weights import awaiting_weights, fill_others
from tf_keras.src.core.layer import Layer


class Scale(Layer):
    """Counts how often first values of its weights are made."""

    made = 0

    def build(self, input_shape):
        self.a = self.add_weight("a", input_shape, initializer=self.initial)
        self.b = self.add_weight("b", input_shape, initializer=self.initial)

    def initial(self, shape, dtype=None):
        self.made += 1
        return tf.fill(shape, tf.constant(float(self.made), dtype))


Scale.__module__ = "of_a_user"


class Ours(Scale):
    """One of the package's own, as its module tells."""


Ours.__module__ = "tf_keras.src.core.ours"


class AwaitedWeightsTest(tf.test.TestCase):
    def test_makes_no_first_values_of_what_the_file_holds(self):
        layer = Ours()
        with awaiting_weights(1000, "the file"):
            layer.build((2, 3))
            self.assertEqual(layer.made, 0)
            fill_others([layer.a])
            self.assertEqual(layer.made, 1)
        self.assertAllEqual(layer.b, np.ones((2, 3)))

    def test_gives_first_values_where_nothing_was_read(self):
        layer = Ours()
        with awaiting_weights(1000, "the file"):
            layer.build((2, 3))
        self.assertAllEqual(layer.a, np.ones((2, 3)))
        self.assertAllEqual(layer.b, np.full((2, 3), 2.0))

    def test_layers_of_users_have_their_values_at_once(self):
        layer = Scale()
        with awaiting_weights(1000, "the file"):
            layer.build((2, 3))
            self.assertAllEqual(layer.a, np.ones((2, 3)))

    def test_refuses_more_than_the_file_can_hold(self):
        with awaiting_weights(1000, "the file"):
            with self.assertRaisesRegex(
                ValueError, "the file: weight 'a'.*1000"
            ):
                Ours().build((1000, 100_000_000))


if __name__ == "__main__":
    tf.test.main()
