"""Tests of Lambda."""

import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.layers.core.lambda_layer import Lambda
from tf_keras.src.layers.resolve import deserialize, serialize
from tf_keras.src.serialization import registry
from tf_keras.src.serialization.safe_mode import safe_mode
from tf_keras.src.testing.layer_contract import LayerContract


def double(x):
    """Is found by its name where a test registers it."""
    return 2 * x


class LambdaTest(LayerContract):
    input_shape = (2, 5)
    passes_mask = False
    is_portable = False

    def make_layer(self):
        return Lambda(lambda x: x * 2 + 1)

    def test_gives_more_arguments(self):
        layer = Lambda(lambda x, power: x**power, arguments={"power": 3})
        self.assertAllEqual(layer(tf.constant([2.0])), [8.0])

    def test_gives_training_and_mask_to_those_who_ask(self):
        x = tf.constant([[1.0, 2.0]])
        x._keras_mask = tf.constant([[True, False]])
        layer = Lambda(
            lambda x, mask=None, training=None: (
                tf.cast(mask, x.dtype) * (10.0 if training else 1.0)
            )
        )
        self.assertAllEqual(layer(x, training=True), [[10.0, 0.0]])
        self.assertAllEqual(layer(x), [[1.0, 0.0]])

    def test_masks_as_it_is_told(self):
        x, mask = tf.ones((1, 2)), tf.constant([[True, False]])
        layer = Lambda(double, mask=lambda inputs, mask: ~mask)
        self.assertAllEqual(layer.compute_mask(x, mask), [[False, True]])
        layer = Lambda(double, mask=mask)
        self.assertAllEqual(layer.compute_mask(x), mask)

    def test_tells_shapes_as_it_is_told(self):
        shape = (None, 2)
        layer = Lambda(double, output_shape=(3,))
        self.assertEqual(layer.compute_output_shape(shape), (None, 3))
        layer = Lambda(double, output_shape=[(3,), (4, 5)])
        shapes = layer.compute_output_shape(shape)
        self.assertEqual(shapes, [(None, 3), (None, 4, 5)])
        layer = Lambda(double, output_shape=lambda shape: (shape[0], 7))
        self.assertEqual(layer.compute_output_shape(shape), (None, 7))

    def test_refuses_variables_that_it_would_capture(self):
        variable = tf.Variable(2.0, name="speed")
        with self.assertRaisesRegex(ValueError, "speed.*subclass of `Layer`"):
            Lambda(lambda x: x * variable)(tf.ones((1, 2)))
        dense = Dense(2)
        dense.build((None, 2))
        with self.assertRaisesRegex(ValueError, "kernel.*subclass of `Layer`"):
            Lambda(lambda x: dense(x))(tf.ones((1, 2)))
        with self.assertRaisesRegex(ValueError, "kernel.*subclass of `Layer`"):
            tf.function(Lambda(lambda x: dense(x)))(tf.ones((1, 2)))

    def test_refuses_what_can_not_be_called(self):
        with self.assertRaisesRegex(TypeError, "function=3"):
            Lambda(3)

    def test_refuses_to_make_variables(self):
        with self.assertRaisesRegex(ValueError, "makes a variable.*subclass"):
            Lambda(lambda x: Dense(2)(x))(tf.ones((1, 2)))

    def test_reads_variables_that_are_its_own(self):
        layer = Lambda(lambda x: x * layer.scale)
        layer.scale = tf.Variable(3.0)
        self.assertAllEqual(layer(tf.constant([2.0])), [6.0])
        self.assertLen(layer.trainable_weights, 1)

    def test_config_keeps_code_in_the_recorded_keys(self):
        config = Lambda(lambda x: x + 1).get_config()
        self.assertEqual(
            list(config)[3:],
            [
                "function",
                "function_type",
                "module",
                "output_shape",
                "output_shape_type",
                "output_shape_module",
                "arguments",
            ],
        )
        self.assertEqual(config["function_type"], "lambda")
        self.assertEqual(config["module"], __name__)

    def test_code_from_files_runs_outside_of_safe_mode_only(self):
        config = serialize(Lambda(lambda x: tf.abs(x) + 1))
        # What a file holds is a plain list.
        config["config"]["function"] = list(config["config"]["function"])
        with self.assertRaisesRegex(ValueError, "safe_mode=False"):
            deserialize(config)
        with safe_mode(False):
            layer = deserialize(config)
        self.assertAllEqual(layer(tf.constant([-2.0])), [3.0])

    def test_registered_functions_are_found_by_name(self):
        with registry.custom_object_scope({}):
            register = registry.register_keras_serializable("test")
            register(double)
            config = serialize(Lambda(double))
        self.assertEqual(config["config"]["function"], "test>double")
        layer = deserialize(config)
        self.assertAllEqual(layer(tf.constant([2.0])), [4.0])

    def test_functions_are_found_in_custom_objects(self):
        config = Lambda(abs).get_config()
        self.assertEqual(config["function"], "abs")
        with self.assertRaisesRegex(ValueError, "'abs'.*custom_objects"):
            Lambda.from_config(config)
        layer = Lambda.from_config(config, custom_objects={"abs": abs})
        self.assertAllEqual(layer(tf.constant([-2.0])), [2.0])

    def test_a_copy_in_this_process_needs_no_code_from_data(self):
        layer = Lambda(lambda x: x + 1)
        again = Lambda.from_config(layer.get_config())
        self.assertIs(again.function, layer.function)
        self.assertIs(deserialize(serialize(layer)).function, layer.function)


if __name__ == "__main__":
    tf.test.main()
