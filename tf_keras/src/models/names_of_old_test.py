"""Tests of how libraries that depend on this one walk through models."""

import numpy as np
import tensorflow as tf

import tf_keras
from tf_keras.src.core.call_inputs import register_symbolic_tensor_type


def _forward(model, inputs):
    """Runs a graph of layers call by call, as TensorFlow Privacy does."""
    left = model._tensor_usage_count
    values = {}
    for symbolic, value in zip(
        model.inputs, model._flatten_to_reference_inputs(inputs)
    ):
        value = model._conform_to_reference_input(value, ref_input=symbolic)
        values[str(id(symbolic))] = [value] * left[str(id(symbolic))]
    for depth in sorted(model._nodes_by_depth, reverse=True):
        for node in model._nodes_by_depth[depth]:
            if node.is_input:
                continue
            args, kwargs = node.map_arguments(values)
            outputs = tf.nest.flatten(node.layer(*args, **kwargs))
            for key, value in zip(node.flat_output_ids, outputs):
                values[key] = [value] * left[key]
    return [values[str(id(tensor))].pop() for tensor in model.outputs]


class NamesOfOldTest(tf.test.TestCase):
    def test_a_graph_can_be_walked_from_outside(self):
        a, b = tf_keras.Input((3,)), tf_keras.Input((3,))
        dense = tf_keras.layers.Dense(3)
        both = tf_keras.layers.Add()([dense(a), b, dense(b)])
        model = tf_keras.Model([a, b], [both, both + 1.0])
        inputs = [np.ones((2, 3), "float32"), np.ones((2, 3), "float32")]
        self.assertAllClose(_forward(model, inputs), model(inputs))
        self.assertEqual(model._input_layers, model.layers[:2])
        self.assertEqual(
            [layer.name for layer in model._output_layers],
            [tensor._keras_history.layer.name for tensor in model.outputs],
        )

    def test_models_tell_whether_they_are_graphs(self):
        dense = tf_keras.layers.Dense
        sequential = tf_keras.Sequential([dense(2)])
        self.assertFalse(sequential._is_graph_network)
        sequential.build((None, 3))
        self.assertTrue(sequential._is_graph_network)

        class Own(tf_keras.Model):
            def call(self, inputs):
                return inputs

        self.assertFalse(Own()._is_graph_network)

    def test_objects_of_a_registered_class_pass_through_graphs(self):
        class Point:
            def __init__(self, x, y):
                self.x, self.y = x, y
                self.shape, self.dtype = x.shape, x.dtype

        class Pair(tf_keras.layers.Layer):
            def call(self, inputs):
                return Point(inputs, 2.0 * inputs)

        class Second(tf_keras.layers.Layer):
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
