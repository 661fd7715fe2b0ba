"""Tests of what a call takes for a tensor."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.core.call_inputs import (
    register_symbolic_tensor_type,
    to_tensors,
)
from tf_keras.src.core.layer import Layer


class CallInputsTest(tf.test.TestCase):
    def test_arrays_and_numbers_become_tensors_in_their_nest(self):
        inputs = {"a": np.ones(2), "b": [1.0, 2], "c": tf.ones(1), "d": None}
        found = to_tensors(inputs, Layer())
        self.assertIsInstance(found["a"], tf.Tensor)
        self.assertIsInstance(found["b"][1], tf.Tensor)
        self.assertIs(found["c"], inputs["c"])
        self.assertIsNone(found["d"])

    def test_other_values_stay(self):
        for value in ("text", tf.ragged.constant([[1]]), tf.Variable(1.0)):
            self.assertIs(to_tensors(value, Layer()), value)

    def test_objects_of_a_registered_class_pass_through_graphs(self):
        class Point:
            def __init__(self, x, y):
                self.x, self.y = x, y
                self.shape, self.dtype = x.shape, x.dtype

        class Pair(Layer):
            def call(self, inputs):
                return Point(inputs, 2.0 * inputs)

        class Second(Layer):
            def call(self, point):
                return point.y

        tf.register_tensor_conversion_function(
            Point,
            lambda p, dtype=None, name=None, as_ref=False: tf.stack([p.x, p.y]),
        )
        register_symbolic_tensor_type(Point)
        x = tf_keras.Input((3,))
        point = Pair()(x)
        self.assertEqual(point.shape, (None, 3))
        for _ in range(100):  # The graph that holds the object may be gone.
            tf_keras.layers.Lambda(tf.identity)(x)
        model = tf_keras.Model(x, [point, Second()(point)])
        made, second = model(tf.ones((2, 3)))
        self.assertIsInstance(made, Point)
        self.assertAllEqual(second, np.full((2, 3), 2.0))
        self.assertAllEqual(model.predict(np.ones((2, 3)))[1], second)


if __name__ == "__main__":
    tf.test.main()
