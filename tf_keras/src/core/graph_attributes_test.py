"""Tests of what a layer tells of its place in graphs."""

import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer


class GraphAttributesTest(tf.test.TestCase):
    def test_of_one_call(self):
        layer = Layer()
        x = Input((3,))
        y = layer(x)
        self.assertIs(layer.input, x)
        self.assertIs(layer.output, y)
        self.assertEqual(layer.input_shape, (None, 3))
        self.assertEqual(layer.output_shape, (None, 3))
        self.assertIsNone(layer.input_mask)
        self.assertIsNone(layer.output_mask)

    def test_of_nests(self):
        class Swap(Layer):
            def call(self, inputs):
                return [inputs["b"], inputs["a"]]

        layer = Swap()
        layer({"a": Input((2,)), "b": Input((3,))})
        self.assertEqual(layer.input_shape, {"a": (None, 2), "b": (None, 3)})
        self.assertEqual(layer.output_shape, [(None, 3), (None, 2)])
        self.assertEqual(layer.output_mask, [None, None])

    def test_of_several_calls(self):
        layer = Layer(name="shared")
        x, z = Input((3,)), Input((4,))
        layer(x)
        layer(z)
        self.assertIs(layer.get_input_at(1), z)
        self.assertEqual(layer.get_output_at(1).shape, (None, 4))
        self.assertEqual(layer.get_input_shape_at(0), (None, 3))
        self.assertEqual(layer.get_output_shape_at(1), (None, 4))
        self.assertIsNone(layer.get_input_mask_at(0))
        self.assertIsNone(layer.get_output_mask_at(1))
        self.assertIs(layer.input, x)
        self.assertIs(layer.output, layer.get_output_at(0))
        for name in ("input_shape", "output_shape"):
            with self.assertRaisesRegex(AttributeError, "shared.*ambiguous"):
                getattr(layer, name)

    def test_several_calls_on_one_shape_have_that_shape(self):
        layer = Layer()
        layer(Input((3,)))
        layer(Input((3,)))
        self.assertEqual(layer.input_shape, (None, 3))

    def test_of_no_call(self):
        layer = Layer(name="alone")
        layer(tf.ones((2, 3)))
        for name in ("input", "output", "input_shape", "output_shape"):
            with self.assertRaisesRegex(AttributeError, "alone.*never called"):
                getattr(layer, name)
        with self.assertRaisesRegex(RuntimeError, "alone has never been"):
            layer.get_input_at(0)

    def test_of_a_call_that_was_not_made(self):
        layer = Layer()
        layer(Input((3,)))
        with self.assertRaisesRegex(ValueError, "node 3.*only 1"):
            layer.get_output_at(3)

    def test_masks(self):
        class MakeMask(Layer):
            def compute_mask(self, inputs, mask=None):
                return tf.not_equal(inputs, 0.0)

        layer = MakeMask()
        layer(Input((3,)))
        self.assertIsNone(layer.input_mask)
        self.assertEqual(layer.output_mask.dtype, tf.bool)


if __name__ == "__main__":
    tf.test.main()
