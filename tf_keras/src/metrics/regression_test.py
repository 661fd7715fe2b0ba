"""Tests of the regression metrics."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.metrics import regression

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.uniform(0.5, 2, (6, 3)).astype("float32")
_PRED = _RANDOM.uniform(0.5, 2, (6, 3)).astype("float32")
_WEIGHTS = np.array([1.0, 0.0, 2.0, 1.0, 3.0, 0.5])


def _cosine(true, pred):
    norms = np.linalg.norm(true, axis=-1) * np.linalg.norm(pred, axis=-1)
    return (true * pred).sum(-1) / norms


_CASES = (
    (regression.MeanSquaredError, lambda t, p: ((t - p) ** 2).mean(-1)),
    (regression.MeanAbsoluteError, lambda t, p: abs(t - p).mean(-1)),
    (
        regression.MeanAbsolutePercentageError,
        lambda t, p: 100 * abs((t - p) / t).mean(-1),
    ),
    (
        regression.MeanSquaredLogarithmicError,
        lambda t, p: ((np.log1p(t) - np.log1p(p)) ** 2).mean(-1),
    ),
    (regression.LogCoshError, lambda t, p: np.log(np.cosh(t - p)).mean(-1)),
    (regression.CosineSimilarity, _cosine),
)


def _r2(true, pred, weights):
    weights = np.broadcast_to(weights[:, None], true.shape)
    mean = (weights * true).sum(0) / weights.sum(0)
    total = (weights * (true - mean) ** 2).sum(0)
    return 1 - (weights * (true - pred) ** 2).sum(0) / total, total


class RegressionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(*_CASES)
    def test_means_over_batches_agree_with_numpy(self, cls, function):
        metric = cls()
        for rows in (slice(0, 4), slice(4, 6)):
            metric.update_state(_TRUE[rows], _PRED[rows], _WEIGHTS[rows])
        expected = function(_TRUE, _PRED) @ _WEIGHTS / _WEIGHTS.sum()
        self.assertAllClose(metric.result(), expected)
        again = cls.from_config(metric.get_config())
        self.assertEqual(again.get_config(), metric.get_config())

    def test_root_of_the_mean_agrees_with_numpy(self):
        metric = regression.RootMeanSquaredError()
        metric.update_state(_TRUE, _PRED)
        expected = np.sqrt(((_TRUE - _PRED) ** 2).mean())
        self.assertAllClose(metric.result(), expected)

    def test_relative_errors_are_divided_by_given_numbers(self):
        metric = regression.MeanRelativeError(normalizer=[1.0, 2.0, 0.0])
        metric.update_state(_TRUE, _PRED)
        errors = abs(_TRUE - _PRED) / [1.0, 2.0, np.inf]
        self.assertAllClose(metric.result(), errors.mean())
        again = regression.MeanRelativeError.from_config(metric.get_config())
        self.assertAllClose(again(_TRUE, _PRED), errors.mean())

    @parameterized.parameters(
        None, "uniform_average", "variance_weighted_average"
    )
    def test_r2_agrees_with_numpy(self, aggregation):
        metric = regression.R2Score(class_aggregation=aggregation)
        for rows in (slice(0, 4), slice(4, 6)):
            metric.update_state(_TRUE[rows], _PRED[rows], _WEIGHTS[rows])
        expected, total = _r2(_TRUE, _PRED, _WEIGHTS)
        if aggregation == "uniform_average":
            expected = expected.mean()
        elif aggregation is not None:
            expected = (expected * total).sum() / total.sum()
        self.assertAllClose(metric.result(), expected, rtol=1e-4)
        metric.reset_state()
        metric.update_state(_TRUE, _TRUE)
        self.assertAllClose(tf.reduce_min(metric.result()), 1.0)

    def test_r2_can_be_adjusted_for_the_number_of_inputs(self):
        plain, adjusted = (regression.R2Score(num_regressors=n) for n in (0, 2))
        true, pred = _TRUE[:, :1], _PRED[:, :1]
        score = float(plain(true, pred))
        expected = 1 - (1 - score) * (6 - 1) / (6 - 2 - 1)
        self.assertAllClose(adjusted(true, pred), expected)
        short = regression.R2Score(num_regressors=9)
        with self.assertWarnsRegex(UserWarning, "too few"):
            self.assertAllClose(short(true, pred), score)

    def test_r2_takes_one_feature_without_axis(self):
        metric = regression.R2Score()
        flat = metric(_TRUE[:, 0], _PRED[:, 0])
        columns = regression.R2Score()(_TRUE[:, :1], _PRED[:, :1])
        self.assertAllClose(flat, columns)

    def test_r2_refuses_what_does_not_fit(self):
        with self.assertRaisesRegex(ValueError, "class_aggregation='mean'"):
            regression.R2Score("mean")
        with self.assertRaisesRegex(ValueError, "num_regressors=-1"):
            regression.R2Score(num_regressors=-1)
        with self.assertRaisesRegex(ValueError, r"\(batch, features\)"):
            regression.R2Score().update_state(
                np.ones((2, 3, 4)), np.ones((2, 3, 4))
            )


if __name__ == "__main__":
    tf.test.main()
