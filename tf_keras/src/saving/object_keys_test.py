"""Tests of telling layers apart that files number."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.layers import Dense
from tf_keras.models import Model


def made(attributes):
    """A model with layers of one shape in attributes, made in an order."""

    class Own(Model):
        def __init__(self):
            super().__init__()
            for attribute in attributes:
                setattr(self, attribute, Dense(3))

        def call(self, inputs):
            for attribute in sorted(attributes):
                inputs = getattr(self, attribute)(inputs)
            return inputs

    model = Own()
    model(np.ones((1, 3)))
    return model


def listed(names):
    """A model with a list of layers of one shape."""

    class Own(Model):
        def __init__(self):
            super().__init__()
            self.parts = [Dense(3, name=name) for name in names]

        def call(self, inputs):
            for part in self.parts:
                inputs = part(inputs)
            return inputs

    model = Own()
    model(np.ones((1, 3)))
    return model


class ObjectKeysTest(tf.test.TestCase):
    def check(self, first, second, find):
        """Each layer of the second has the values it had in the first."""
        for suffix in (".weights.h5", ".h5", ".keras", ".tf"):
            path = os.path.join(self.get_temp_dir(), f"{self.id()}{suffix}")
            with self.subTest(suffix):
                first.save_weights(path)
                second.load_weights(path)
                for mine, its in zip(find(first), find(second)):
                    self.assertAllEqual(mine.kernel, its.kernel)

    def test_attributes_may_be_set_in_another_order(self):
        self.check(made("abz"), made("bza"), lambda m: (m.a, m.b, m.z))

    def test_attributes_may_be_renamed(self):
        path = os.path.join(self.get_temp_dir(), "renamed.weights.h5")
        first, second = made("ab"), made("cd")
        first.save_weights(path)
        second.load_weights(path)
        self.assertAllEqual(first.a.kernel, second.c.kernel)

    def test_named_layers_may_stand_in_another_order(self):
        first, second = listed(["one", "two"]), listed(["two", "one"])
        for suffix in (".weights.h5", ".h5"):
            path = os.path.join(self.get_temp_dir(), "named" + suffix)
            first.save_weights(path)
            second.load_weights(path)
            for mine, its in zip(first.parts, reversed(second.parts)):
                self.assertAllEqual(mine.kernel, its.kernel)

    def test_refuses_the_weights_of_another_layer(self):
        first, second = listed(["one", "two"]), listed(["two", "three"])
        for suffix in (".weights.h5", ".h5"):
            path = os.path.join(self.get_temp_dir(), "other" + suffix)
            first.save_weights(path)
            before = second.get_weights()
            with self.assertRaisesRegex(ValueError, "'name:three'.*name:two"):
                second.load_weights(path)
            for was, value in zip(before, second.get_weights()):
                self.assertAllEqual(was, value)


if __name__ == "__main__":
    tf.test.main()
