"""Tests of constraints."""

import pickle

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src import constraints

_W = np.random.RandomState(0).uniform(-2, 2, (3, 4, 2, 5)).astype("float32")


def _norms(w, axis):
    return np.sqrt((w**2).sum(axis, keepdims=True))


class ConstraintsTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(0, [(0, 1, 2)])
    def test_max_norm_scales_down_what_is_longer(self, axis):
        norms = _norms(_W, axis)
        expected = _W * np.minimum(norms, 1.5) / norms
        axis = axis if isinstance(axis, int) else list(axis)
        self.assertAllClose(constraints.MaxNorm(1.5, axis)(_W), expected)

    def test_min_max_norm_moves_lengths_by_its_rate(self):
        norms = _norms(_W, 0)
        aim = 0.3 * np.clip(norms, 0.5, 1.0) + 0.7 * norms
        constraint = constraints.MinMaxNorm(0.5, 1.0, rate=0.3)
        self.assertAllClose(constraint(_W), _W * aim / norms)

    def test_non_neg_cuts_at_zero(self):
        self.assertAllClose(constraints.NonNeg()(_W), np.maximum(_W, 0))

    def test_unit_norm_gives_length_one(self):
        made = constraints.UnitNorm([0, 1])(_W).numpy()
        self.assertAllClose(_norms(made, (0, 1)), np.ones((1, 1, 2, 5)))

    def test_zero_vectors_stay_finite(self):
        for constraint in (
            constraints.MaxNorm(),
            constraints.MinMaxNorm(0.5),
            constraints.UnitNorm(),
        ):
            self.assertAllEqual(constraint(tf.zeros((2, 3))), np.zeros((2, 3)))

    def test_take_variables_and_keep_their_dtype(self):
        for dtype in ("float16", "float64"):
            weight = tf.Variable(_W, dtype=dtype)
            for constraint in (
                constraints.MaxNorm(),
                constraints.MinMaxNorm(),
                constraints.NonNeg(),
                constraints.UnitNorm(),
            ):
                self.assertEqual(constraint(weight).dtype, dtype)

    def test_radial_is_equal_along_rings(self):
        for size, expected in (
            (1, [[0]]),
            (2, [[0, 0]] * 2),
            (3, [[1, 1, 1], [1, 0, 1], [1, 1, 1]]),
            (4, [[3] * 4, [3, 1, 1, 3], [3, 1, 1, 3], [3] * 4]),
            (
                5,
                [
                    [3] * 5,
                    [3, 2, 2, 2, 3],
                    [3, 2, 1, 2, 3],
                    [3, 2, 2, 2, 3],
                    [3] * 5,
                ],
            ),
        ):
            diagonal = np.arange(size)[:, None] + np.zeros((size, size))
            weight = tf.constant(diagonal[..., None, None] * [[[[1.0, 10.0]]]])
            made = constraints.RadialConstraint()(weight)
            self.assertAllEqual(made[..., 0, 0], expected)
            self.assertAllEqual(made[..., 0, 1], 10.0 * np.array(expected))

    def test_radial_refuses_other_shapes(self):
        for shape in ((2, 2), (3, 4, 1, 1)):
            with self.assertRaisesRegex(ValueError, "rank 4|square"):
                constraints.RadialConstraint()(tf.ones(shape))

    def test_base_changes_nothing(self):
        self.assertIs(constraints.Constraint()(_W), _W)


class ConfigTest(tf.test.TestCase):
    def test_leads_back_to_the_same(self):
        for made, config in (
            (constraints.MaxNorm(3), {"max_value": 3, "axis": 0}),
            (
                constraints.MinMaxNorm(0.1, 2.0, 0.5, [0, 1]),
                {"min_value": 0.1, "max_value": 2.0, "rate": 0.5}
                | {"axis": [0, 1]},
            ),
            (constraints.NonNeg(), {}),
            (constraints.UnitNorm(1), {"axis": 1}),
            (constraints.RadialConstraint(), {}),
        ):
            self.assertEqual(made.get_config(), config)
            for again in (
                type(made).from_config(config),
                constraints.get(constraints.serialize(made, True)),
                pickle.loads(pickle.dumps(made)),
            ):
                self.assertEqual(again.get_config(), config)


class GetTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(
        ("max_norm", "MaxNorm"),
        ("maxnorm", "MaxNorm"),
        ("MaxNorm", "MaxNorm"),
        ("non_neg", "NonNeg"),
        ("nonneg", "NonNeg"),
        ("unit_norm", "UnitNorm"),
        ("unitnorm", "UnitNorm"),
        ("min_max_norm", "MinMaxNorm"),
        ("radial_constraint", "RadialConstraint"),
    )
    def test_names(self, name, class_name):
        self.assertEqual(type(constraints.get(name)).__name__, class_name)

    def test_other_identifiers(self):
        self.assertIsNone(constraints.get(None))
        self.assertIs(constraints.get(tf.abs), tf.abs)
        with self.assertRaisesRegex(ValueError, "'max_norm'"):
            constraints.get("max_nrm")
        with self.assertRaisesRegex(ValueError, "identifier: 5"):
            constraints.get(5)


if __name__ == "__main__":
    tf.test.main()
