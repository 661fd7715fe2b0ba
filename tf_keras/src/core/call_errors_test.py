"""Tests of what a failed call tells."""

import numpy as np
import tensorflow as tf

from tf_keras.src.core.input_layer import Input
from tf_keras.src.core.layer import Layer


class Bad(Layer):
    """Fails with the error that it is given."""

    def __init__(self, error, **kwargs):
        super().__init__(**kwargs)
        self.error = error

    def call(self, inputs, flag=3):
        raise self.error


class Around(Layer):
    """Calls a layer inside of its own call."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, inputs):
        return self.inner(inputs)


class ExplainedTest(tf.test.TestCase):
    def message_of(self, layer, *args, **kwargs):
        try:
            layer(*args, **kwargs)
        except Exception as error:
            return str(error)
        self.fail("Nothing was raised.")

    def test_names_the_layer_and_its_arguments(self):
        message = self.message_of(
            Bad(ValueError("no good"), name="bad"),
            {"a": np.ones((2, 3)), "b": [tf.ones(2)]},
            flag="text",
        )
        self.assertStartsWith(
            message,
            "Exception encountered when calling layer 'bad' (type Bad).",
        )
        self.assertIn("no good", message)
        self.assertIn(
            "• inputs={'a': tf.Tensor(shape=(2, 3), dtype=float32), "
            "'b': [tf.Tensor(shape=(2,), dtype=float32)]}",
            message,
        )
        self.assertIn("• flag='text'", message)

    def test_only_the_innermost_layer_speaks(self):
        layer = Around(Around(Bad(ValueError("no good"), name="bad")))
        message = self.message_of(layer, tf.ones(2))
        self.assertEqual(message.count("Exception encountered"), 1)
        self.assertIn("'bad'", message)

    def test_keeps_the_type(self):
        for error in (TypeError("x"), RuntimeError("x"), ValueError("x")):
            with self.assertRaises(type(error)):
                Bad(error)(tf.ones(2))

    def test_a_users_own_error_is_left_alone(self):
        class Own(Exception):
            pass

        error = Own("a", 3)
        with self.assertRaises(Own) as caught:
            Bad(error)(tf.ones(2))
        self.assertEqual(caught.exception.args, ("a", 3))

    def test_an_error_of_tensorflow_is_completed(self):
        class Multiply(Layer):
            def call(self, inputs):
                return tf.matmul(inputs, tf.ones((5, 2)))

        with self.assertRaisesRegex(
            tf.errors.InvalidArgumentError, "layer 'multiply'"
        ):
            Multiply(name="multiply")(tf.ones((2, 3)))

    def test_symbolic_inputs_are_described(self):
        message = self.message_of(Bad(ValueError("no")), Input((3,)))
        self.assertIn("inputs=tf.Tensor(shape=(None, 3)", message)

    def test_long_values_are_cut(self):
        message = self.message_of(
            Bad(ValueError("no")), tf.ones(2), flag="x" * 1000
        )
        self.assertLess(len(message), 600)


class Keras3Test(tf.test.TestCase):
    def test_a_tensor_of_keras_3_is_told_apart(self):
        module = type("KerasTensor", (), {"_keras_history": None})
        module.__module__ = "keras.src.backend.common.keras_tensor"
        with self.assertRaisesRegex(
            TypeError, "KerasTensor passed to 'mine' belongs to Keras 3"
        ):
            Layer(name="mine")(module())
        with self.assertRaisesRegex(TypeError, "TF_USE_LEGACY_KERAS"):
            Layer(name="mine")([tf.ones(2), module()])


if __name__ == "__main__":
    tf.test.main()
