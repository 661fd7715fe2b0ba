"""Tests of calls on symbolic tensors."""

import gc
import weakref

import tensorflow as tf

from tf_keras.src.backend import scopes
from tf_keras.src.core import symbolic_call
from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.keras_tensor import KerasTensor
from tf_keras.src.core.layer import Layer


class SymbolicCallTest(tf.test.TestCase):
    def test_infers_shape_and_dtype_and_records_a_node(self):
        class Half(Layer):
            def call(self, inputs):
                return tf.cast(inputs[:, ::2], "int32")

        layer = Half()
        inputs = Input((5,))
        outputs = layer(inputs)
        self.assertIsInstance(outputs, KerasTensor)
        self.assertEqual(outputs.shape, (None, 3))
        self.assertEqual(outputs.dtype, tf.int32)
        (node,) = layer.inbound_nodes
        self.assertIs(node.call_args[0], inputs)
        self.assertIs(outputs._keras_history.layer, layer)

    def test_one_placeholder_for_one_tensor(self):
        class Same(Layer):
            def call(self, inputs):
                self.same = inputs[0] is inputs[1]
                return inputs[0]

        layer = Same()
        inputs = Input((3,))
        layer([inputs, inputs])
        self.assertTrue(layer.same)

    def test_values_among_outputs_become_symbolic(self):
        class Mixed(Layer):
            def call(self, inputs):
                return [inputs, 3, None, tf.Variable(1.0)]

        tensor, number, none, variable = Mixed()(Input((2,)))
        self.assertIsInstance(tensor, KerasTensor)
        self.assertEqual(number.dtype, tf.int32)
        self.assertIsNone(none)
        self.assertEqual(variable.shape, ())

    def test_known_outputs_need_no_run_and_no_graph(self):
        class Double(Layer):
            @symbolic_call.known_outputs
            def call(self, inputs):
                raise AssertionError("runs")

            def compute_output_shape(self, input_shape):
                return (input_shape[0], 2 * input_shape[1])

        class Run(Double):
            def call(self, inputs):
                return super().call(inputs)

        layer = Double(name="double", dtype="float16")
        inputs = Input((3,))
        symbolic_call.forget_scratch_graph()
        outputs = layer(inputs)
        self.assertIsNone(symbolic_call._scratch.graph)
        self.assertEqual(outputs.shape, (None, 6))
        self.assertEqual(outputs.dtype, tf.float16)
        self.assertStartsWith(outputs.name, "double/")
        self.assertIs(layer.output, outputs)
        self.assertTrue(layer.built)
        with self.assertRaisesRegex(AssertionError, "runs"):
            Run()(inputs)
        penalised = Double(activity_regularizer="l2")
        self.assertEqual(penalised(inputs).shape, (None, 6))

    def test_a_build_that_fails_leaves_a_known_layer_unbuilt(self):
        class Picky(Layer):
            def build(self, input_shape):
                self.add_weight("w", ())
                if input_shape[1] == 3:
                    raise ValueError("not 3")

            @symbolic_call.known_outputs
            def call(self, inputs):
                return inputs

            def compute_output_shape(self, input_shape):
                return input_shape

        layer = Picky()
        with self.assertRaisesRegex(ValueError, "not 3"):
            layer(Input((3,)))
        self.assertFalse(layer.built)
        self.assertEqual(layer.inbound_nodes, [])
        self.assertEqual(layer(Input((4,))).shape, (None, 4))
        self.assertLen(layer.weights, 1)

    def test_infers_without_recording(self):
        layer = Layer()
        outputs = symbolic_call.infer_outputs(layer, (Input((3,)),), {})
        self.assertEqual(outputs.shape, (None, 3))
        self.assertEqual(layer.inbound_nodes, [])

    def test_works_inside_a_function(self):
        shapes = []

        @tf.function
        def run():
            shapes.append(Layer()(Input((3,))).shape)

        run()
        self.assertEqual(shapes, [(None, 3)])

    def test_the_scratch_graph_is_dropped_now_and_then(self):
        Layer()(Input((3,)))
        graph = weakref.ref(symbolic_call._scratch.graph)
        scopes.clear_session()
        gc.collect()
        self.assertIsNone(graph())
        self.assertEqual(Layer()(Input((3,))).shape, (None, 3))

    def test_name_scopes_count_if_asked_for(self):
        class Weigh(Layer):
            def build(self, input_shape):
                self.scale = self.add_weight("scale", ())
                super().build(input_shape)

        names = []
        for enable in (True, False):
            symbolic_call.apply_name_scope_on_model_declaration(enable)
            with tf.name_scope("outer"), tf.name_scope("inner"):
                layer = Weigh(name="weigh")
                layer(Input((3,)))
            names.append(layer.scale.name)
        self.assertEqual(names, ["outer/inner/weigh/scale:0", "weigh/scale:0"])
        with self.assertRaisesRegex(TypeError, "True or False, not 3"):
            symbolic_call.apply_name_scope_on_model_declaration(3)

    def test_is_inferring_only_then(self):
        class Ask(Layer):
            def call(self, inputs):
                self.answer = symbolic_call.is_inferring()
                return inputs

        layer = Ask()
        layer(tf.ones(2))
        self.assertFalse(layer.answer)
        layer(Input((2,)))
        self.assertTrue(layer.answer)
        tf.function(layer)(tf.ones(2))
        self.assertFalse(layer.answer)


if __name__ == "__main__":
    tf.test.main()
