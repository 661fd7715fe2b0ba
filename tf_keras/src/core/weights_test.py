"""Tests of add_weight, and of reading and setting weights."""

import numpy as np
import tensorflow as tf

from tf_keras.src import regularizers
from tf_keras.src.core.layer import Layer


class AddWeightTest(tf.test.TestCase):
    def test_makes_a_variable_of_the_layer(self):
        layer = Layer()
        weight = layer.add_weight("kernel", (2, 3), initializer="ones")
        self.assertIsInstance(weight, tf.Variable)
        self.assertAllEqual(weight, np.ones((2, 3)))
        self.assertEqual(weight.name, "kernel:0")
        self.assertEqual(weight.dtype, tf.float32)
        self.assertTrue(weight.trainable)
        self.assertLen(layer.trainable_weights, 1)
        self.assertIs(layer.trainable_weights[0], weight)

    def test_makes_a_scalar_without_a_shape(self):
        self.assertEqual(Layer().add_weight("scale").shape, ())

    def test_names_a_weight_without_name(self):
        self.assertEqual(Layer().add_weight(shape=(2,)).name, "Variable:0")

    def test_takes_shapes_as_lists_and_tensor_shapes(self):
        layer = Layer()
        self.assertEqual(layer.add_weight("a", [2, 3]).shape, (2, 3))
        shape = tf.TensorShape([3, 2])
        self.assertEqual(layer.add_weight("b", shape).shape, (3, 2))
        sizes = (np.int64(4), tf.compat.v1.Dimension(5))
        self.assertEqual(layer.add_weight("c", sizes).shape, (4, 5))

    def test_starts_floats_at_glorot_uniform_and_integers_at_zero(self):
        layer = Layer()
        limit = np.sqrt(6 / (30 + 20))
        kernel = layer.add_weight("kernel", (30, 20)).numpy()
        self.assertLess(np.abs(kernel).max(), limit)
        self.assertGreater(np.abs(kernel).max(), 0.9 * limit)
        self.assertAllEqual(layer.add_weight("i", (2,), "int32"), [0, 0])
        self.assertAllEqual(layer.add_weight("b", (1,), "bool"), [False])

    def test_takes_initializers_of_every_kind(self):
        layer = Layer()
        for initializer in (
            "ones",
            tf.ones,
            lambda shape, dtype=None: tf.ones(shape, dtype),
            {"class_name": "Ones", "config": {}},
        ):
            weight = layer.add_weight(None, (2,), initializer=initializer)
            self.assertAllEqual(weight, [1.0, 1.0])

    def test_is_of_the_layers_dtype_or_its_own(self):
        layer = Layer(dtype="float64")
        self.assertEqual(layer.add_weight("a", ()).dtype, tf.float64)
        other = layer.add_weight("b", (), "float16")
        self.assertEqual(other.dtype, tf.float16)

    def test_untrained_weight(self):
        layer = Layer()
        layer.add_weight("state", (), trainable=False)
        self.assertEqual(layer.trainable_weights, [])
        self.assertLen(layer.non_trainable_weights, 1)

    def test_weight_synchronised_on_read_is_not_trained(self):
        on_read = tf.VariableSynchronization.ON_READ
        layer = Layer()
        weight = layer.add_weight("sum", (), synchronization=on_read)
        self.assertFalse(weight.trainable)
        self.assertEqual(weight.synchronization, on_read)
        with self.assertRaisesRegex(ValueError, "ON_READ"):
            layer.add_weight("b", (), synchronization=on_read, trainable=True)

    def test_keeps_aggregation(self):
        mean = tf.VariableAggregation.MEAN
        weight = Layer().add_weight("a", (), aggregation=mean)
        self.assertEqual(weight.aggregation, mean)

    def test_keeps_the_constraint(self):
        weight = Layer().add_weight("a", (2,), constraint="non_neg")
        self.assertAllEqual(weight.constraint(tf.constant([-1.0, 1.0])), [0, 1])

    def test_regularizer_becomes_a_live_loss(self):
        layer = Layer()
        weight = layer.add_weight(
            "a", (2,), initializer="ones", regularizer=regularizers.L2(0.5)
        )
        self.assertAllClose(layer.losses, [1.0])
        weight.assign([2.0, 0.0])
        self.assertAllClose(layer.losses, [2.0])
        with tf.GradientTape() as tape:
            loss = layer.losses[0]
        self.assertAllClose(tape.gradient(loss, weight), [2.0, 0.0])

    def test_getter_makes_the_variable(self):
        asked = []

        def getter(**arguments):
            asked.append(arguments)
            return tf.Variable(tf.zeros(arguments["shape"]), name="mine")

        weight = Layer().add_weight("a", (2,), getter=getter)
        self.assertEqual(weight.name, "mine:0")
        self.assertEqual(asked[0]["shape"], (2,))

    def test_old_arguments_are_taken(self):
        weight = Layer().add_weight(
            "a", (2,), use_resource=True, partitioner=None, collections=None
        )
        self.assertEqual(weight.shape, (2,))

    def test_add_variable_is_the_old_name(self):
        layer = Layer()
        layer.add_variable("a", (2,))
        self.assertLen(layer.weights, 1)

    def test_refuses_what_it_does_not_know(self):
        with self.assertRaisesRegex(TypeError, "'colour'"):
            Layer().add_weight("a", (), colour="red")

    def test_a_number_is_a_shape_and_unknown_sizes_are_refused(self):
        self.assertEqual(Layer().add_weight("a", 3).shape, (3,))
        for shape in ((None, 2), (3, None)):
            with self.assertRaisesRegex(TypeError, "'a'.*tuple of known"):
                Layer().add_weight("a", shape)

    def test_refuses_a_string_weight_without_initializer(self):
        with self.assertRaisesRegex(ValueError, "initializer"):
            Layer().add_weight("a", (2,), "string")

    def test_made_inside_a_function_it_lives_outside(self):
        layer = Layer()

        @tf.function
        def make():
            if not layer.weights:
                layer.add_weight("a", (2,), initializer="ones")
            return layer.weights[0] + 1.0

        self.assertAllEqual(make(), [2.0, 2.0])
        self.assertAllEqual(layer.get_weights()[0], [1.0, 1.0])

    def test_made_in_a_strategy_it_is_the_strategys(self):
        strategy = tf.distribute.MirroredStrategy(["cpu:0", "cpu:0"][:1])
        with strategy.scope():
            weight = Layer().add_weight("a", (2,), initializer="ones")
        self.assertTrue(strategy.extended.variable_created_in_scope(weight))


class SetWeightsTest(tf.test.TestCase):
    def make_layer(self):
        layer = Layer(name="two")
        layer.add_weight("a", (2,), initializer="zeros")
        layer.add_weight("b", (3,), initializer="zeros")
        return layer

    def test_get_returns_what_set_put(self):
        layer = self.make_layer()
        layer.set_weights([np.ones(2), [1.0, 2.0, 3.0]])
        first, second = layer.get_weights()
        self.assertAllEqual(first, [1.0, 1.0])
        self.assertAllEqual(second, [1.0, 2.0, 3.0])
        self.assertIsInstance(first, np.ndarray)

    def test_a_bad_shape_sets_nothing(self):
        layer = self.make_layer()
        with self.assertRaisesRegex(ValueError, r'"two" weight b.*\(4,\)'):
            layer.set_weights([np.ones(2), np.ones(4)])
        self.assertAllEqual(layer.get_weights()[0], [0.0, 0.0])

    def test_refuses_another_number(self):
        with self.assertRaisesRegex(ValueError, '"two".*length 1.*expecting 2'):
            self.make_layer().set_weights([np.ones(2)])

    def test_counts_parameters_once(self):
        layer = self.make_layer()
        layer.built = True
        layer.again = layer.weights[0]
        self.assertEqual(layer.count_params(), 5)

    def test_counts_none_before_it_is_built(self):
        with self.assertRaisesRegex(ValueError, "two.*isn't built"):
            self.make_layer().count_params()

    def test_own_variables_go_through_a_store(self):
        layer, other = self.make_layer(), self.make_layer()
        layer.set_weights([np.ones(2), [1.0, 2.0, 3.0]])
        store = {}
        layer.save_own_variables(store)
        self.assertEqual(list(store), ["0", "1"])
        other.load_own_variables(store)
        self.assertAllEqual(other.get_weights()[1], [1.0, 2.0, 3.0])
        with self.assertRaisesRegex(ValueError, "expects 2 variables"):
            other.load_own_variables({"0": np.ones(2)})


if __name__ == "__main__":
    tf.test.main()
