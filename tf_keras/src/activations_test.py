"""Tests of activations."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src import activations
from tf_keras.src.serialization import registry

_X = np.array([[-3.0, -0.5, 0.25], [0.5, 2.0, 7.0]], "float32")
_EXP = np.exp(_X)
_SELU_SCALE, _SELU_ALPHA = 1.0507009873554805, 1.6732632423543772


def _erf(x):
    return tf.math.erf(x).numpy()


class ValuesTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.named_parameters(
        ("elu", activations.elu, np.where(_X > 0, _X, _EXP - 1)),
        ("exponential", activations.exponential, _EXP),
        (
            "hard_sigmoid",
            activations.hard_sigmoid,
            np.clip(0.2 * _X + 0.5, 0, 1),
        ),
        ("linear", activations.linear, _X),
        ("mish", activations.mish, _X * np.tanh(np.log1p(_EXP))),
        ("relu", activations.relu, np.maximum(_X, 0)),
        (
            "selu",
            activations.selu,
            _SELU_SCALE * np.where(_X > 0, _X, _SELU_ALPHA * (_EXP - 1)),
        ),
        ("sigmoid", activations.sigmoid, _EXP / (1 + _EXP)),
        ("softmax", activations.softmax, _EXP / _EXP.sum(-1, keepdims=True)),
        ("softplus", activations.softplus, np.log1p(_EXP)),
        ("softsign", activations.softsign, _X / (1 + np.abs(_X))),
        ("swish", activations.swish, _X * _EXP / (1 + _EXP)),
        ("tanh", activations.tanh, np.tanh(_X)),
    )
    def test_agree_with_numpy(self, activation, expected):
        for x in (_X, _X.tolist(), tf.constant(_X), tf.Variable(_X)):
            self.assertAllClose(activation(x), expected, rtol=1e-5)

    def test_arguments_of_elu_and_relu(self):
        self.assertAllClose(
            activations.elu(_X, 0.3), np.where(_X > 0, _X, 0.3 * (_EXP - 1))
        )
        self.assertAllClose(
            activations.relu(_X, 0.1, max_value=3.0, threshold=1.0),
            np.where(_X > 1, np.minimum(_X, 3), 0.1 * (_X - 1)),
        )

    def test_gelu_exact_and_approximate(self):
        exact = 0.5 * _X * (1 + _erf(_X / np.sqrt(2.0)))
        self.assertAllClose(activations.gelu(_X), exact, rtol=1e-5)
        inner = np.sqrt(2 / np.pi) * (_X + 0.044715 * _X**3)
        self.assertAllClose(
            activations.gelu(_X, approximate=True),
            0.5 * _X * (1 + np.tanh(inner)),
            rtol=1e-5,
        )

    def test_softmax_over_other_axes(self):
        self.assertAllClose(activations.softmax(_X, 0), _EXP / _EXP.sum(0))
        self.assertAllClose(
            activations.softmax(_X, axis=[0, 1]), _EXP / _EXP.sum()
        )
        with self.assertRaisesRegex(ValueError, "rank 2"):
            activations.softmax([1.0, 2.0])

    def test_probabilities_remember_their_logits(self):
        x = tf.constant(_X)
        for activation in (activations.softmax, activations.sigmoid):
            self.assertIs(activation(x)._keras_logits, x)

    def test_keep_half_precision(self):
        for activation in (
            activations.hard_sigmoid,
            activations.mish,
            activations.gelu,
            activations.softmax,
        ):
            made = activation(tf.constant(_X, tf.float16))
            self.assertEqual(made.dtype, tf.float16)


class GetTest(tf.test.TestCase):
    def test_names(self):
        self.assertIs(activations.get("relu"), activations.relu)
        self.assertIs(activations.get("silu"), activations.swish)
        self.assertIs(activations.get("leaky_relu"), tf.nn.leaky_relu)
        self.assertIs(activations.get(None), activations.linear)
        self.assertIs(activations.get(tf.abs), tf.abs)

    def test_offers_the_nearest_name(self):
        with self.assertRaisesRegex(ValueError, "'relu'"):
            activations.get("rellu")
        with self.assertRaisesRegex(TypeError, "identifier: 5"):
            activations.get(5)

    def test_own_functions(self):
        def double(x):
            return 2 * x

        with registry.custom_object_scope({"double": double}):
            self.assertIs(activations.get("double"), double)
        found = activations.deserialize("double", {"double": double})
        self.assertIs(found, double)


class SerializeTest(tf.test.TestCase):
    def test_gives_names_of_known_functions(self):
        for function, name in (
            (activations.relu, "relu"),
            (tf.nn.relu, "relu"),
            (tf.nn.leaky_relu, "leaky_relu"),
            (tf.nn.silu, "swish"),
        ):
            self.assertEqual(activations.serialize(function), name)
            self.assertEqual(activations.serialize(function, True), name)

    def test_registered_function_comes_back(self):
        @registry.register_keras_serializable("activations_test")
        def triple(x):
            return 3 * x

        config = activations.serialize(triple)
        self.assertEqual(config["config"], "activations_test>triple")
        self.assertIs(activations.deserialize(config), triple)
        self.assertEqual(
            activations.serialize(triple, True), "activations_test>triple"
        )

    def test_unknown_function_in_a_config_is_a_value_error(self):
        def unknown(x):
            return x

        with self.assertRaisesRegex(ValueError, "'unknown'"):
            activations.deserialize(activations.serialize(unknown))

    def test_own_function_with_a_known_name_is_not_taken_for_it(self):
        def relu(x):
            return x

        self.assertNotEqual(activations.serialize(relu), "relu")


if __name__ == "__main__":
    tf.test.main()
