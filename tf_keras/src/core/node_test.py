"""Tests of one call in a graph of layers."""

import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer


class Join(Layer):
    """Takes tensors in every place."""

    def call(self, inputs, other=None, scale=1.0):
        return {"sum": inputs[0] + other["b"], "first": [inputs[0] * scale]}


class NodeTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.a, self.b = Input((2,), name="a"), Input((2,), name="b")
        self.layer = Join()
        self.outputs = self.layer([self.a], other={"b": self.b}, scale=3.0)
        (self.node,) = self.layer.inbound_nodes

    def test_knows_its_inputs_in_order(self):
        self.assertIs(self.node.keras_inputs[0], self.a)
        self.assertIs(self.node.keras_inputs[1], self.b)
        self.assertLen(self.node.keras_inputs, 2)
        self.assertEqual(
            [n.layer.name for n in self.node.parent_nodes], ["a", "b"]
        )
        self.assertEqual(
            [layer.name for layer in self.node.inbound_layers], ["a", "b"]
        )

    def test_outputs_know_where_they_come_from(self):
        history = self.outputs["sum"]._keras_history
        self.assertIs(history.layer, self.layer)
        self.assertEqual(history.node_index, 0)
        self.assertEqual(history.tensor_index, 1)  # Keys in order.
        self.assertIs(self.outputs["sum"].node, self.node)

    def test_layers_before_it_know_it(self):
        before = self.a._keras_history.layer
        self.assertEqual(before.outbound_nodes, [self.node])

    def test_replaces_the_symbolic_arguments(self):
        args, kwargs = self.node.arguments_with([1, 2])
        self.assertEqual(args, ([1],))
        self.assertEqual(kwargs, {"other": {"b": 2}, "scale": 3.0})

    def test_shapes_are_tuples_in_nests(self):
        self.assertEqual(self.node.input_shapes, [(None, 2)])
        self.assertEqual(
            self.node.output_shapes, {"sum": (None, 2), "first": [(None, 2)]}
        )

    def test_iterates_over_inbound(self):
        layer, node_index, tensor_index, tensor = self.node.iterate_inbound()[1]
        self.assertEqual(layer.name, "b")
        self.assertEqual((node_index, tensor_index), (0, 0))
        self.assertIs(tensor, self.b)

    def test_the_node_of_an_input(self):
        node = self.a.node
        self.assertTrue(node.is_input)
        self.assertIs(node.input_tensors, self.a)
        self.assertEqual(node.inbound_layers, [])


if __name__ == "__main__":
    tf.test.main()
