"""Tests of nests of shapes."""

import collections

import tensorflow as tf

from tf_keras.src.core.shapes import (
    batch_shapes_of,
    is_shape,
    map_shapes,
    plain_shapes,
)


class ShapesTest(tf.test.TestCase):
    def test_tells_a_shape_from_a_nest(self):
        for shape in ((None, 3), [2, 3], (), tf.TensorShape(None)):
            self.assertTrue(is_shape(shape))
        for nest in ([(2, 3)], {"a": (2,)}, [tf.TensorShape([2])]):
            self.assertFalse(is_shape(nest))

    def test_maps_in_every_nest(self):
        Pair = collections.namedtuple("Pair", ["a", "b"])
        nest = {"x": [(2, 3), (4,)], "y": Pair((1,), ((5,), (6, 7)))}
        self.assertEqual(
            map_shapes(len, nest), {"x": [2, 1], "y": Pair(1, (1, 2))}
        )

    def test_plain_shapes_are_tuples(self):
        self.assertEqual(
            plain_shapes([tf.TensorShape([None, 3]), [2]]), [(None, 3), (2,)]
        )
        self.assertIsNone(plain_shapes(tf.TensorShape(None)))

    def test_shapes_for_any_batch(self):
        self.assertEqual(
            batch_shapes_of({"a": tf.ones((2, 3)), "b": tf.constant(1)}),
            {"a": (None, 3), "b": ()},
        )
        self.assertIsNone(batch_shapes_of([tf.ones(2), "text"]))


if __name__ == "__main__":
    tf.test.main()
