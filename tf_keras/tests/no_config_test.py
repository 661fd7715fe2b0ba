"""Layers and models of users that write no `get_config` are saved whole."""

import os

import numpy as np
import tensorflow as tf

import tf_keras as keras

X = np.random.RandomState(0).rand(4, 3).astype("float32")


class Kept(keras.layers.Layer):
    """Keeps its arguments, a layer and a list of layers among them."""

    def __init__(self, inner, others=(), factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.inner = inner
        self.others = others
        self.factor = factor

    def call(self, inputs):
        for layer in (self.inner, *self.others):
            inputs = layer(inputs)
        return inputs * self.factor


class Forgets(keras.layers.Layer):
    """Keeps none of its arguments."""

    def __init__(self, units, activation=None, *, factor=1.0, **kwargs):
        super().__init__(**kwargs)
        self.dense = keras.layers.Dense(units, activation=activation)
        self.scaled = lambda x: x * factor

    def call(self, inputs):
        return self.scaled(self.dense(inputs))


class Changes(keras.layers.Layer):
    """Keeps something else under an argument's name."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = keras.layers.Dense(units)

    def call(self, inputs):
        return self.units(inputs)


class Fixed(Forgets):
    """Takes other arguments than its base."""

    def __init__(self, size):
        super().__init__(size * 2, factor=0.5)


class Net(keras.Model):
    """A model that keeps none of its arguments."""

    def __init__(self, sizes, **kwargs):
        super().__init__(**kwargs)
        self.parts = [Forgets(size, factor=2.0) for size in sizes]

    def call(self, inputs):
        for part in self.parts:
            inputs = part(inputs)
        return inputs


class Takes(keras.layers.Layer):
    """Takes what no file can hold."""

    def __init__(self, thing):
        super().__init__()
        self.dense = keras.layers.Dense(thing.units)

    def call(self, inputs):
        return self.dense(inputs)


class Thing:
    """No part of Keras."""

    units = 3


OBJECTS = {c.__name__: c for c in (Kept, Forgets, Changes, Fixed, Net, Takes)}


class NoConfigTest(tf.test.TestCase):
    def check(self, model, suffixes=("keras", "h5", "tf")):
        expected = model(X)
        for suffix in suffixes:
            with self.subTest(suffix):
                path = os.path.join(
                    self.get_temp_dir(), f"{self.id()}.{suffix}"
                )
                model.save(path)
                copy = keras.models.load_model(path, OBJECTS)
                self.assertAllClose(copy(X), expected)
                names = [type(layer) for layer in model.layers]
                self.assertEqual([type(layer) for layer in copy.layers], names)

    def test_layers_among_the_arguments(self):
        inner = Kept(keras.layers.Dense(4), factor=3.0)
        others = [keras.layers.Dense(5, "relu"), Forgets(2)]
        self.check(keras.Sequential([keras.Input((3,)), Kept(inner, others)]))

    def test_arguments_that_are_no_attributes(self):
        self.check(
            keras.Sequential(
                [keras.Input((3,)), Forgets(4, "relu", factor=3.0, name="f")]
            )
        )

    def test_attributes_that_are_something_else(self):
        self.check(keras.Sequential([keras.Input((3,)), Changes(4)]))

    def test_classes_that_fix_arguments_of_their_base(self):
        self.check(keras.Sequential([keras.Input((3,)), Fixed(4)]))

    def test_models(self):
        model = Net([4, 2], name="net")
        model(X)
        self.check(model, ("keras", "tf"))

    def test_attributes_that_were_changed_are_saved_as_they_are(self):
        layer = Kept(keras.layers.Dense(2), factor=2.0)
        layer.factor = 5.0
        self.check(keras.Sequential([keras.Input((3,)), layer]))

    def test_names_the_argument_that_no_file_can_hold(self):
        layer = Takes(Thing())
        with self.assertRaisesRegex(
            (TypeError, NotImplementedError), "Takes.*'thing'.*get_config"
        ):
            layer.get_config()


if __name__ == "__main__":
    tf.test.main()
