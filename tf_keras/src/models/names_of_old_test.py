"""Tests of how libraries that depend on this one walk through models."""

import numpy as np
import tensorflow as tf

import tf_keras


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


if __name__ == "__main__":
    tf.test.main()
