"""Tests of initializers."""

import copy
import pickle
import warnings

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src import initializers
from tf_keras.src.foundation import config
from tf_keras.src.foundation.seeds import set_random_seed
from tf_keras.src.serialization import registry

_SHAPE = (3, 4, 40, 30)
_FAN_IN, _FAN_OUT = 3 * 4 * 40, 3 * 4 * 30
_SCALED = {
    "GlorotUniform": 2.0 / (_FAN_IN + _FAN_OUT),
    "GlorotNormal": 2.0 / (_FAN_IN + _FAN_OUT),
    "HeUniform": 2.0 / _FAN_IN,
    "HeNormal": 2.0 / _FAN_IN,
    "LecunUniform": 1.0 / _FAN_IN,
    "LecunNormal": 1.0 / _FAN_IN,
}
_RANDOM = (
    *_SCALED,
    "RandomNormal",
    "RandomUniform",
    "TruncatedNormal",
    "VarianceScaling",
    "Orthogonal",
)


class FixedValuesTest(tf.test.TestCase):
    def test_fill_with_zeros_ones_or_a_value(self):
        shape = (2, 3)
        self.assertAllEqual(initializers.Zeros()(shape), np.zeros(shape))
        self.assertAllEqual(initializers.Ones()(shape), np.ones(shape))
        self.assertAllEqual(
            initializers.Constant(2.5)(shape), np.full(shape, 2.5)
        )
        values = np.arange(6)
        self.assertAllEqual(
            initializers.Constant(values)(shape), values.reshape(shape)
        )

    def test_take_any_form_of_shape(self):
        for shape in ((2, 3), [2, 3], tf.TensorShape([2, 3])):
            self.assertEqual(initializers.Zeros()(shape).shape, (2, 3))
        self.assertEqual(initializers.Ones()(()).shape, ())

    def test_take_dtypes_that_have_such_values(self):
        for dtype in ("int32", "bool", tf.float16, tf.complex64):
            made = initializers.Ones()((2,), dtype)
            self.assertAllEqual(made, tf.cast([1, 1], dtype))
        text = initializers.Constant("a")((2,), "string")
        self.assertAllEqual(text, [b"a", b"a"])
        with self.assertRaisesRegex(ValueError, "Zeros.*'string'"):
            initializers.Zeros()((2,), "string")

    def test_floatx_is_the_default_dtype(self):
        config.set_floatx("float64")
        self.addCleanup(config.set_floatx, "float32")
        self.assertEqual(initializers.Zeros()((2,)).dtype, tf.float64)
        self.assertEqual(initializers.HeNormal()((2, 2)).dtype, tf.float64)

    def test_identity_is_scaled_and_maybe_not_square(self):
        made = initializers.Identity(gain=0.5)((2, 3))
        self.assertAllEqual(made, 0.5 * np.eye(2, 3))
        with self.assertRaisesRegex(ValueError, "rank 2"):
            initializers.Identity()((2, 2, 2))


class RandomValuesTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(*_RANDOM)
    def test_seed_repeats_the_numbers(self, name):
        seeded = getattr(initializers, name)(seed=3)
        first = seeded((4, 3))
        self.assertAllEqual(seeded((4, 3)), first)
        other = getattr(initializers, name)(seed=4)
        self.assertNotAllEqual(other((4, 3)), first)

    @parameterized.parameters(*_RANDOM)
    def test_without_seed_each_call_draws_and_reuse_warns(self, name):
        unseeded = getattr(initializers, name)()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            first = unseeded((4, 3))
        with self.assertWarnsRegex(UserWarning, f"{name} has no seed"):
            second = unseeded((4, 3))
        self.assertNotAllEqual(first, second)

    def test_set_random_seed_fixes_unseeded_ones(self):
        def draw():
            set_random_seed(1)
            return [initializers.RandomUniform()((3,)) for _ in range(2)]

        first, second = draw(), draw()
        self.assertAllEqual(first, second)
        # Those of published releases, so that programs keep their weights.
        self.assertAllClose(first[0], [-0.02410002, 0.03624469, 0.04384006])
        self.assertAllClose(first[1], [0.00912609, -0.00976733, 0.03110356])

    def test_numbers_are_those_of_tensorflow(self):
        seed, shape = [3, 0], (4, 3)
        for made, expected in (
            (
                initializers.RandomNormal(1.0, 2.0, seed=3)(shape),
                tf.random.stateless_normal(shape, seed, 1.0, 2.0),
            ),
            (
                initializers.TruncatedNormal(1.0, 2.0, seed=3)(shape),
                tf.random.stateless_truncated_normal(shape, seed, 1.0, 2.0),
            ),
            (
                initializers.RandomUniform(-1.0, 2.0, seed=3)(shape),
                tf.random.stateless_uniform(shape, seed, -1.0, 2.0),
            ),
            (
                initializers.RandomUniform(0, 9, seed=3)(shape, "int32"),
                tf.random.stateless_uniform(shape, seed, 0, 9, tf.int32),
            ),
        ):
            self.assertAllClose(made, expected)

    @parameterized.parameters(*_SCALED.items())
    def test_variance_fits_the_fans(self, name, variance):
        made = getattr(initializers, name)(seed=1)(_SHAPE).numpy()
        self.assertAllClose(made.var(), variance, rtol=0.05)
        self.assertAllClose(made.mean(), 0.0, atol=variance**0.5 / 20)

    @parameterized.parameters("truncated_normal", "untruncated_normal")
    def test_variance_scaling_takes_every_mode(self, distribution):
        for mode, fan in (
            ("fan_in", _FAN_IN),
            ("fan_out", _FAN_OUT),
            ("fan_avg", (_FAN_IN + _FAN_OUT) / 2),
        ):
            scaling = initializers.VarianceScaling(3.0, mode, distribution, 1)
            made = scaling(_SHAPE).numpy()
            self.assertAllClose(made.var(), 3.0 / fan, rtol=0.05)

    @parameterized.parameters(((5, 3), 5), ((3, 5), 3), ((2, 2, 3, 4), 12))
    def test_orthogonal_is_orthogonal(self, shape, rows):
        made = initializers.Orthogonal(gain=2.0, seed=1)(shape)
        matrix = made.numpy().reshape(rows, -1)
        if rows > matrix.shape[1]:
            matrix = matrix.T
        self.assertAllClose(
            matrix @ matrix.T, 4 * np.eye(len(matrix)), atol=1e-5
        )

    def test_orthogonal_comes_in_16_bits_too(self):
        for dtype in (tf.float16, tf.bfloat16):
            made = initializers.Orthogonal(seed=1)((3, 3), dtype=dtype)
            self.assertEqual(made.dtype, dtype)
            matrix = tf.cast(made, tf.float32).numpy()
            self.assertAllClose(matrix @ matrix.T, np.eye(3), atol=2e-2)

    def test_works_in_a_function(self):
        make = tf.function(lambda: initializers.HeNormal(seed=3)((2, 3)))
        self.assertAllClose(make(), initializers.HeNormal(seed=3)((2, 3)))

    def test_refuses_what_does_not_fit(self):
        for message, make in (
            ("positive", lambda: initializers.VarianceScaling(0)),
            ("`mode` 'x'", lambda: initializers.VarianceScaling(mode="x")),
            (
                "`distribution` 'x'",
                lambda: initializers.VarianceScaling(distribution="x"),
            ),
            ("rank 2", lambda: initializers.Orthogonal()((3,))),
            ("floating", lambda: initializers.HeNormal()((2, 2), "int32")),
            ("integer", lambda: initializers.RandomUniform()((2,), "bool")),
        ):
            with self.assertRaisesRegex(ValueError, message):
                make()


class CallArgumentsTest(tf.test.TestCase):
    def test_a_seed_may_be_a_tensor(self):
        values = initializers.HeNormal(seed=tf.constant(3))((2, 3))
        self.assertAllEqual(values, initializers.HeNormal(seed=3)((2, 3)))

    def test_parts_differ_and_keep_the_variance_of_the_whole(self):
        initializer = initializers.HeNormal()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            top, bottom = (
                initializer(
                    (400, 30),
                    partition_shape=(200, 30),
                    partition_offset=(offset, 0),
                )
                for offset in (0, 200)
            )
        self.assertEqual(top.shape, (200, 30))
        self.assertNotAllEqual(top, bottom)
        self.assertAllClose(np.var(top), 2.0 / 400, rtol=0.1)
        zeros = initializers.Zeros()((4, 2), partition_shape=(1, 2))
        self.assertEqual(zeros.shape, (1, 2))

    def test_some_can_not_be_made_in_parts(self):
        for initializer in (initializers.Identity(), initializers.Orthogonal()):
            with self.assertRaisesRegex(ValueError, "one part"):
                initializer((4, 2), partition_shape=(2, 2))

    def test_refuses_unknown_arguments(self):
        with self.assertRaisesRegex(TypeError, r"\['foo'\].*partition_shape"):
            initializers.Zeros()((2,), foo=1)

    def test_layout_gives_a_distributed_tensor_of_the_same_values(self):
        dtensor = tf.experimental.dtensor
        mesh = dtensor.create_mesh([("x", 1)], devices=["CPU:0"])
        layout = dtensor.Layout(["x", dtensor.UNSHARDED], mesh)
        for initializer in (
            initializers.Ones(),
            initializers.HeNormal(seed=3),
            initializers.Orthogonal(seed=3),
        ):
            made = initializer((4, 3), layout=layout)
            self.assertEqual(dtensor.fetch_layout(made), layout)
            self.assertAllClose(dtensor.unpack(made)[0], initializer((4, 3)))


class ConfigTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ("Zeros", {}),
        ("Constant", {"value": 2.5}),
        ("Identity", {"gain": 0.5}),
        ("GlorotUniform", {"seed": 3}),
        ("RandomNormal", {"mean": 0.0, "stddev": 0.1, "seed": None}),
        ("Orthogonal", {"gain": 1.0, "seed": 3}),
        (
            "VarianceScaling",
            {
                "scale": 2.0,
                "mode": "fan_in",
                "distribution": "truncated_normal",
                "seed": 3,
            },
        ),
    )
    def test_leads_back_to_the_same(self, name, arguments):
        made = getattr(initializers, name)(**arguments)
        self.assertEqual(made.get_config(), arguments)
        again = type(made).from_config({**arguments, "dtype": "float32"})
        self.assertEqual(again.get_config(), arguments)
        for twin in (copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
            self.assertEqual(twin.get_config(), arguments)

    def test_array_of_constant_comes_back(self):
        made = initializers.Constant(np.array([1.0, 2.0]))
        config = initializers.serialize(made)
        again = initializers.deserialize(config)
        self.assertAllEqual(again((2,)), [1.0, 2.0])

    def test_own_class_gets_its_config_from_the_constructor(self):
        class Twice(initializers.Initializer):
            def __init__(self, value):
                self.value = value

            def __call__(self, shape, dtype=None, **kwargs):
                return tf.fill(shape, 2 * self.value)

        self.assertEqual(Twice(3).get_config(), {"value": 3})
        with registry.custom_object_scope({"Twice": Twice}):
            again = initializers.deserialize(initializers.serialize(Twice(3)))
        self.assertAllEqual(again((2,)), [6, 6])

    def test_base_asks_for_a_call(self):
        with self.assertRaisesRegex(NotImplementedError, "__call__"):
            initializers.Initializer()((2,))


class GetTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ("glorot_uniform", "GlorotUniform"),
        ("GlorotUniform", "GlorotUniform"),
        ("zeros", "Zeros"),
        ("zero", "Zeros"),
        ("ones", "Ones"),
        ("one", "Ones"),
        ("normal", "RandomNormal"),
        ("uniform", "RandomUniform"),
        ("orthogonal", "Orthogonal"),
        ("identity", "Identity"),
    )
    def test_names(self, name, class_name):
        self.assertEqual(type(initializers.get(name)).__name__, class_name)

    def test_other_identifiers(self):
        self.assertIsNone(initializers.get(None))
        self.assertIsInstance(
            initializers.get(initializers.Ones), initializers.Ones
        )
        short = {"class_name": "Constant", "config": {"value": 3}}
        self.assertEqual(initializers.get(short).value, 3)
        made = initializers.Zeros()
        self.assertIs(initializers.get(made), made)
        self.assertIs(initializers.get(tf.zeros), tf.zeros)
        self.assertEqual(
            initializers.serialize(initializers.Constant(3), True), short
        )

    def test_offers_the_nearest_name(self):
        with self.assertRaisesRegex(ValueError, "'he_normal'"):
            initializers.get("he_norml")
        with self.assertRaisesRegex(ValueError, "identifier: 5"):
            initializers.get(5)


class ComputeFansTest(tf.test.TestCase):
    def test_counts_inputs_and_outputs(self):
        self.assertEqual(initializers.compute_fans(()), (1, 1))
        self.assertEqual(initializers.compute_fans((5,)), (5, 5))
        self.assertEqual(initializers.compute_fans((3, 4)), (3, 4))
        self.assertEqual(initializers.compute_fans((3, 3, 16, 32)), (144, 288))


if __name__ == "__main__":
    tf.test.main()
