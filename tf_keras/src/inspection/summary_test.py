"""Tests of the table that summary prints."""

import sys

import numpy as np
import tensorflow as tf

from tf_keras.src.backend import scopes
from tf_keras.src.core.input_layer import Input
from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.merging.elementwise import Add
from tf_keras.src.models.sequential import Sequential
from tf_keras.src.training.model import Model


def summary_of(model, **options):
    lines = []
    model.summary(print_fn=lines.append, **options)
    return "\n".join(line.rstrip() for line in lines)


class Sub(Model):
    """A subclassed model."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.first, self.second = Dense(4, name="a"), Dense(2, name="b")

    def call(self, inputs):
        return self.second(self.first(inputs))


class ChainTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        scopes.clear_session()

    def test_a_sequential(self):
        model = Sequential(
            [Input((3,)), Dense(4, name="a"), Dense(2, name="b")], name="it"
        )
        self.assertEqual(
            summary_of(model),
            """\
Model: "it"
_________________________________________________________________
 Layer (type)                Output Shape              Param #
=================================================================
 a (Dense)                   (None, 4)                 16

 b (Dense)                   (None, 2)                 10

=================================================================
Total params: 26 (104.00 Byte)
Trainable params: 26 (104.00 Byte)
Non-trainable params: 0 (0.00 Byte)
_________________________________________________________________""",
        )

    def test_a_subclassed_model_shows_the_shapes_of_its_last_call(self):
        model = Sub(name="it")
        model(np.ones((5, 3), "float32"))
        table = summary_of(model)
        self.assertIn("a (Dense)                   (None, 4)", table)
        self.assertIn("b (Dense)                   (None, 2)", table)
        self.assertIn("Total params: 26 (104.00 Byte)", table)

    def test_a_subclassed_model_built_by_shape_shows_them_too(self):
        model = Sub()
        model.build((None, 3))
        self.assertIn("(None, 4)", summary_of(model))

    def test_counts_frozen_and_shared_weights_once(self):
        frozen = Dense(4, trainable=False)
        model = Sequential([Input((4,)), frozen, Dense(1)])
        model.again = frozen
        table = summary_of(model)
        self.assertIn("Total params: 25 (100.00 Byte)", table)
        self.assertIn("Trainable params: 5 (20.00 Byte)", table)
        self.assertIn("Non-trainable params: 20 (80.00 Byte)", table)

    def test_sizes_in_larger_units(self):
        table = summary_of(Sequential([Input((1000,)), Dense(1000)]))
        self.assertIn("Total params: 1001000 (3.82 MB)", table)

    def test_an_unbuilt_model_says_so(self):
        with self.assertRaisesRegex(ValueError, "not yet been built"):
            Sub().summary()


class GraphTest(tf.test.TestCase):
    def make_model(self):
        x = Input((3,), name="x")
        a, b = Dense(2, name="a")(x), Dense(2, name="b", trainable=False)(x)
        return Model(x, Add(name="add")([a, b]), name="it")

    def test_shows_what_is_connected(self):
        self.assertEqual(
            summary_of(self.make_model()),
            "\n".join(
                [
                    'Model: "it"',
                    "_" * 98,
                    " Layer (type)                Output Shape               "
                    "  Param #   Connected to",
                    "=" * 98,
                    " x (InputLayer)              [(None, 3)]                "
                    "  0         []",
                    "",
                    " a (Dense)                   (None, 2)                  "
                    "  8         ['x[0][0]']",
                    "",
                    " b (Dense)                   (None, 2)                  "
                    "  8         ['x[0][0]']",
                    "",
                    " add (Add)                   (None, 2)                  "
                    "  0         ['a[0][0]',",
                    " " * 69 + "'b[0][0]']",
                    "",
                    "=" * 98,
                    "Total params: 16 (64.00 Byte)",
                    "Trainable params: 8 (32.00 Byte)",
                    "Non-trainable params: 8 (32.00 Byte)",
                    "_" * 98,
                ]
            ),
        )

    def test_shows_which_layers_are_trained(self):
        lines = summary_of(self.make_model(), show_trainable=True).split("\n")
        self.assertEndsWith(lines[2], "Trainable")
        self.assertEndsWith(lines[6], "Y")
        self.assertEndsWith(lines[8], "N")

    def test_expands_models_inside(self):
        x = Input((3,), name="x")
        inner = Sequential([Dense(2, name="deep")], name="inner")
        model = Model(x, inner(x))
        self.assertNotIn("deep", summary_of(model))
        table = summary_of(model, expand_nested=True)
        self.assertIn("| deep (Dense)", table)

    def test_a_range_of_layers(self):
        model = self.make_model()
        table = summary_of(model, layer_range=["a", "b"])
        self.assertIn("b (Dense)", table)
        self.assertNotIn("InputLayer", table)
        with self.assertRaisesRegex(ValueError, "nope.*'add'"):
            model.summary(layer_range=["nope", "b"])
        with self.assertRaisesRegex(ValueError, "length 2"):
            model.summary(layer_range=["a"])

    def test_width_and_positions(self):
        table = summary_of(
            self.make_model(), line_length=60, positions=[0.4, 0.7, 0.85, 1.0]
        )
        self.assertIn("_" * 60 + "\n", table)
        self.assertNotIn("_" * 61, table)

    def test_prints_by_default(self):
        with self.captureWritesToStream(sys.stdout) as printed:
            self.make_model().summary()
        self.assertIn('Model: "it"', printed.contents())


if __name__ == "__main__":
    tf.test.main()
