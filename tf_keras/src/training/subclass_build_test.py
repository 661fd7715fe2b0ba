"""Tests of building a subclassed model without data."""

import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.core.embedding import Embedding
from tf_keras.src.training.model import Model


class _Sum(Model):
    def __init__(self):
        super().__init__()
        self.first = Dense(4)
        self.second = Dense(4)

    def call(self, inputs):
        left, right = inputs
        return self.first(left) + self.second(right)


class _Words(Model):
    def __init__(self):
        super().__init__()
        self.words = Embedding(5, 2)

    def call(self, inputs):
        if inputs.dtype.is_floating:
            raise ValueError("words are integers")
        return self.words(inputs)


class _OwnBuild(_Words):
    def build(self, input_shape):
        self.scale = self.add_weight("scale", (), initializer="ones")
        super().build(input_shape)

    def call(self, inputs):
        return self.words(inputs) * self.scale


class BuildTest(tf.test.TestCase):
    def test_makes_the_weights_of_all_layers(self):
        model = _Sum()
        model.build([(None, 2), (None, 3)])
        shapes = [tuple(weight.shape) for weight in model.weights]
        self.assertEqual(shapes, [(2, 4), (4,), (3, 4), (4,)])
        self.assertTrue(model.built)

    def test_takes_what_it_was_built_for(self):
        model = _Sum()
        model.build([(None, 2), (None, 3)])
        outputs = model([tf.ones((5, 2)), tf.ones((5, 3))])
        self.assertEqual(outputs.shape, (5, 4))

    def test_a_build_of_the_users_may_end_in_ours(self):
        built, called = _OwnBuild(), _OwnBuild()
        built.build((None, 3))
        called(tf.ones((2, 3), tf.int32))
        for model in (built, called):
            self.assertTrue(model.built)
            name = f"{model.words.name}/embeddings:0"
            self.assertEqual(model.words.weights[0].name, name)
            self.assertLen(model.weights, 2)

    def test_refuses_what_is_no_shape(self):
        for shape, pattern in ((None, "must be defined"), (3, "int")):
            with self.assertRaisesRegex(ValueError, pattern):
                _Sum().build(shape)

    def test_says_what_to_do_where_floats_do_not_fit(self):
        with self.assertRaisesRegex(ValueError, "on a batch of data instead"):
            _Words().build((None, 3))

    def test_a_build_that_failed_can_be_tried_again(self):
        model = _Sum()
        with self.assertRaises(ValueError):
            model.build((None, 2, 3, 4, 5))
        model.build([(None, 2), (None, 3)])
        self.assertLen(model.weights, 4)


if __name__ == "__main__":
    tf.test.main()
