"""Tests of regularizers."""

import pickle

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src import regularizers

_X = np.random.RandomState(0).uniform(-1, 1, (3, 5)).astype("float32")


class PenaltyTest(tf.test.TestCase, parameterized.TestCase):
    def test_agrees_with_numpy(self):
        l1, l2 = np.abs(_X).sum(), (_X**2).sum()
        for regularizer, expected in (
            (regularizers.L1(0.2), 0.2 * l1),
            (regularizers.L2(0.3), 0.3 * l2),
            (regularizers.L1L2(0.2, 0.3), 0.2 * l1 + 0.3 * l2),
            (regularizers.L1L2(0.2), 0.2 * l1),
            (regularizers.L1L2(l2=0.3), 0.3 * l2),
            (regularizers.l1_l2(), 0.01 * (l1 + l2)),
            (regularizers.L1L2(), 0.0),
        ):
            self.assertAllClose(regularizer(tf.constant(_X)), expected)

    @parameterized.parameters("float16", "float64")
    def test_keeps_the_dtype(self, dtype):
        x = tf.constant(_X, dtype)
        for regularizer in (
            regularizers.L1(0.1),
            regularizers.L2(0.1),
            regularizers.L1L2(0.1, 0.1),
            regularizers.L1L2(),
            regularizers.OrthogonalRegularizer(0.1),
        ):
            self.assertEqual(regularizer(x).dtype, dtype)

    @parameterized.parameters("rows", "columns")
    def test_orthogonal_is_the_mean_of_absolute_cosines(self, mode):
        rows = _X if mode == "rows" else _X.T
        rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        pairs = np.triu_indices(len(rows), 1)
        expected = 0.1 * np.abs(rows @ rows.T)[pairs].mean()
        regularizer = regularizers.OrthogonalRegularizer(0.1, mode)
        self.assertAllClose(regularizer(tf.constant(_X)), expected)

    def test_one_row_is_orthogonal(self):
        regularizer = regularizers.OrthogonalRegularizer()
        self.assertAllClose(regularizer(tf.ones((1, 3))), 0.0)

    def test_refuses_what_does_not_fit(self):
        for message, make in (
            ("`l2`.*'a'", lambda: regularizers.L2("a")),
            ("finite", lambda: regularizers.L1(float("nan"))),
            ("finite", lambda: regularizers.L1L2(l1=float("inf"))),
            ("`mode`", lambda: regularizers.OrthogonalRegularizer(0.1, "x")),
            (
                "rank 2",
                lambda: regularizers.OrthogonalRegularizer()(tf.ones((2,))),
            ),
        ):
            with self.assertRaisesRegex(ValueError, message):
                make()
        with self.assertRaisesRegex(TypeError, "foo"):
            regularizers.L2(foo=1)


class ConfigTest(tf.test.TestCase):
    def test_holds_factors_as_float32(self):
        factor = float(np.float32(0.1))
        self.assertEqual(regularizers.L2(0.1).get_config(), {"l2": factor})
        self.assertEqual(regularizers.L1(l=0.1).get_config(), {"l1": factor})
        self.assertEqual(
            regularizers.OrthogonalRegularizer(0.1).get_config(),
            {"factor": factor, "mode": "rows"},
        )
        self.assertEqual(
            regularizers.L1L2(None, 0.1).get_config(),
            {"l1": 0.0, "l2": factor},
        )

    def test_leads_back_to_the_same(self):
        made = regularizers.L1L2(0.1, 0.2)
        for again in (
            regularizers.L1L2.from_config(made.get_config()),
            regularizers.get(regularizers.serialize(made, True)),
            pickle.loads(pickle.dumps(made)),
        ):
            self.assertEqual(again.get_config(), made.get_config())

    def test_own_class_with_lost_arguments_asks_for_a_config(self):
        class Lost(regularizers.Regularizer):
            def __init__(self, strength):
                self._strength = strength

        class Kept(regularizers.Regularizer):
            def __init__(self, strength):
                self.strength = strength

        self.assertEqual(Kept(3).get_config(), {"strength": 3})
        with self.assertRaisesRegex(NotImplementedError, "'strength'"):
            Lost(3).get_config()
        self.assertEqual(regularizers.Regularizer()(1.0), 0.0)


class GetTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ("l1", "L1"),
        ("L2", "L2"),
        ("l1_l2", "L1L2"),
        ("L1L2", "L1L2"),
        ("orthogonal_regularizer", "OrthogonalRegularizer"),
    )
    def test_names(self, name, class_name):
        self.assertEqual(type(regularizers.get(name)).__name__, class_name)

    def test_l1_l2_has_factors_and_its_config_its_own(self):
        factor = float(np.float32(0.01))
        both = {"l1": factor, "l2": factor}
        self.assertEqual(regularizers.get("l1_l2").get_config(), both)
        self.assertEqual(regularizers.deserialize("l1_l2").get_config(), both)
        config = {"class_name": "L1L2", "config": {"l1": 0.5}}
        self.assertEqual(
            regularizers.get(config).get_config(), {"l1": 0.5, "l2": 0.0}
        )

    def test_other_identifiers(self):
        self.assertIsNone(regularizers.get(None))
        made = regularizers.L1()
        self.assertIs(regularizers.get(made), made)
        self.assertIs(regularizers.get(tf.reduce_sum), tf.reduce_sum)
        with self.assertRaisesRegex(ValueError, "identifier: 5"):
            regularizers.get(5)

    def test_unknown_name_is_kept_with_a_warning(self):
        with self.assertWarnsRegex(UserWarning, "'l1l3'.*Did you mean"):
            self.assertEqual(regularizers.get("l1l3"), "l1l3")
        self.assertEqual(regularizers.serialize("l1l3"), "l1l3")


if __name__ == "__main__":
    tf.test.main()
