"""Tests of Add, Subtract, Multiply, Average, Maximum, Minimum."""

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.merging.elementwise import (
    Add,
    Average,
    Maximum,
    Minimum,
    Multiply,
    Subtract,
    add,
    average,
    maximum,
    minimum,
    multiply,
    subtract,
)
from tf_keras.src.testing.layer_contract import LayerContract


class AddTest(LayerContract):
    input_shape = [(2, 5, 3), (2, 5, 3), (2, 1, 3)]
    passes_mask = None

    def make_layer(self):
        return Add()


class SubtractTest(LayerContract):
    input_shape = [(2, 5), (2, 5)]
    passes_mask = True

    def make_layer(self):
        return Subtract()


class MultiplyTest(LayerContract):
    input_shape = [(2, 5), (2, 5)]
    passes_mask = True

    def make_layer(self):
        return Multiply()


class AverageTest(LayerContract):
    input_shape = [(2, 3), (2, 5, 3)]
    passes_mask = None

    def make_layer(self):
        return Average()


class MaximumTest(LayerContract):
    input_shape = [(2, 5), (2, 5)]
    passes_mask = True

    def make_layer(self):
        return Maximum()


class MinimumTest(LayerContract):
    input_shape = [(2, 5), (2, 5)]
    passes_mask = True

    def make_layer(self):
        return Minimum()


class MergeTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        random = np.random.RandomState(0)
        self.x, self.y, self.z = random.normal(size=(3, 2, 4)).astype("f")

    def test_layers_and_functions_merge_at_each_place(self):
        x, y, z = self.x, self.y, self.z
        for layer, function, expected in (
            (Add, add, x + y + z),
            (Multiply, multiply, x * y * z),
            (Average, average, (x + y + z) / 3),
            (Maximum, maximum, np.maximum(np.maximum(x, y), z)),
            (Minimum, minimum, np.minimum(np.minimum(x, y), z)),
        ):
            self.assertAllClose(layer()([x, y, z]), expected)
            self.assertAllClose(function([x, y, z]), expected)
        self.assertAllClose(Subtract()([x, y]), x - y)
        self.assertAllClose(subtract([x, y]), x - y)

    def test_fewer_axes_get_new_ones_behind_the_batch(self):
        x = np.ones((2, 3), "float32") * [[1.0], [2.0]]
        y = np.zeros((2, 4, 3), "float32")
        expected = np.broadcast_to(x[:, None], (2, 4, 3))
        self.assertAllEqual(Add()([x.astype("float32"), y]), expected)
        shape = Add().compute_output_shape([(None, 3), (None, 4, 3)])
        self.assertEqual(shape, (None, 4, 3))

    def test_unknown_ranks_are_aligned_when_the_function_runs(self):
        spec = tf.TensorSpec(None, tf.float32)
        layer = Add()
        traced = tf.function(layer, input_signature=[[spec, spec]])
        x, y = tf.ones((2, 3)), tf.ones((2, 4, 3))
        self.assertAllEqual(traced([x, y]), tf.fill((2, 4, 3), 2.0))

    def test_sizes_of_one_are_spread(self):
        x, y = tf.ones((2, 3, 1)), tf.ones((2, 1, 4))
        self.assertEqual(Multiply()([x, y]).shape, (2, 3, 4))
        shape = Add().compute_output_shape([(None, 3, 1), (2, None, 4)])
        self.assertEqual(shape.as_list(), [2, None, 4])

    def test_masks_are_joined_by_and(self):
        masks = [tf.constant([[True, False]]), None, tf.constant([[True] * 2])]
        inputs = [tf.ones((1, 2, 3))] * 3
        self.assertAllEqual(Add().compute_mask(inputs, masks), [[True, False]])
        self.assertIsNone(Add().compute_mask(inputs, [None] * 3))
        with self.assertRaisesRegex(ValueError, "same length"):
            Add().compute_mask(inputs, masks[:2])

    def test_refuses_what_can_not_be_merged(self):
        one = tf.ones((2, 3))
        for inputs, pattern in (
            (one, "list of 1 or more"),
            ([one, tf.ones((3, 3))], "batch sizes"),
            ([one, tf.ones((2, 4))], r"\(3,\) and \(4,\)"),
        ):
            with self.assertRaisesRegex(ValueError, pattern):
                Add()(inputs)
        with self.assertRaisesRegex(ValueError, "exactly 2"):
            Subtract()([one, one, one])


if __name__ == "__main__":
    tf.test.main()
