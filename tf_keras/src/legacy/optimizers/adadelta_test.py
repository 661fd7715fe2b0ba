"""Tests of the Adadelta of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.adadelta import Adadelta
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _adadelta(value, gradients, touched, rate):
    a = d = np.zeros_like(value)
    for g, rows in zip(gradients, touched):
        a = np.where(rows, 0.8 * a + 0.2 * g**2, a)
        step = g * np.sqrt(d + 0.01) / np.sqrt(a + 0.01)
        d = np.where(rows, 0.8 * d + 0.2 * step**2, d)
        value = np.where(rows, value - rate * step, value)
        yield value


class AdadeltaTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("accum_grad", "accum_var")

    def make_optimizer(self, **kwargs):
        return Adadelta(self.learning_rate, rho=0.8, epsilon=0.01, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _adadelta(value, gradients, touched, learning_rate)


if __name__ == "__main__":
    tf.test.main()
