"""Tests of the losses of numbers."""

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.losses import regression

_RANDOM = np.random.RandomState(0)
_TRUE = _RANDOM.normal(size=(4, 3)).astype("float32")
_PRED = _RANDOM.normal(size=(4, 3)).astype("float32")


def _huber(true, pred, delta=1.0):
    error = np.abs(true - pred)
    return np.where(
        error <= delta, error**2 / 2, delta * error - delta**2 / 2
    ).mean(-1)


_EXPECTED = {
    "mean_squared_error": lambda t, p: ((t - p) ** 2).mean(-1),
    "mean_absolute_error": lambda t, p: abs(t - p).mean(-1),
    "mean_absolute_percentage_error": lambda t, p: (
        100 * abs((t - p) / np.maximum(abs(t), 1e-7)).mean(-1)
    ),
    "mean_squared_logarithmic_error": lambda t, p: (
        (np.log1p(np.maximum(t, 1e-7)) - np.log1p(np.maximum(p, 1e-7))) ** 2
    ).mean(-1),
    "huber": _huber,
    "log_cosh": lambda t, p: np.log(np.cosh(p - t)).mean(-1),
}
_CLASSES = {
    "mean_squared_error": regression.MeanSquaredError,
    "mean_absolute_error": regression.MeanAbsoluteError,
    "mean_absolute_percentage_error": regression.MeanAbsolutePercentageError,
    "mean_squared_logarithmic_error": regression.MeanSquaredLogarithmicError,
    "huber": regression.Huber,
    "log_cosh": regression.LogCosh,
}


class RegressionTest(tf.test.TestCase, parameterized.TestCase):
    @parameterized.parameters(*_EXPECTED)
    def test_functions_and_classes_agree_with_numpy(self, name):
        expected = _EXPECTED[name](_TRUE, _PRED)
        function = getattr(regression, name)
        self.assertAllClose(function(_TRUE, _PRED), expected)
        self.assertAllClose(_CLASSES[name]()(_TRUE, _PRED), expected.mean())
        self.assertAllClose(tf.function(function)(_TRUE, _PRED), expected)

    def test_huber_bends_at_delta(self):
        result = regression.huber(_TRUE, _PRED, delta=0.3)
        self.assertAllClose(result, _huber(_TRUE, _PRED, 0.3))

    def test_huber_computes_in_floatx(self):
        result = regression.huber(_TRUE, _PRED.astype("float16"))
        self.assertEqual(result.dtype, tf.float32)

    def test_log_cosh_does_not_overflow(self):
        result = regression.log_cosh([[0.0]], [[500.0]])
        self.assertAllClose(result, [500 - np.log(2.0)])

    def test_targets_of_zero_do_not_divide_by_zero(self):
        result = regression.mean_absolute_percentage_error([[0.0]], [[1.0]])
        self.assertAllClose(result, [1e9])


if __name__ == "__main__":
    tf.test.main()
