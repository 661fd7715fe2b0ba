"""Tests of the Adagrad of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.adagrad import Adagrad
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _adagrad(value, gradients, touched, rate):
    total = np.full_like(value, 0.5)
    for g, rows in zip(gradients, touched):
        total = np.where(rows, total + g**2, total)
        step = rate * g / (np.sqrt(total) + 0.01)
        value = np.where(rows, value - step, value)
        yield value


class AdagradTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("accumulator",)

    def make_optimizer(self, **kwargs):
        return Adagrad(self.learning_rate, 0.5, 0.01, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _adagrad(value, gradients, touched, learning_rate)

    def test_refuses_negative_sums(self):
        with self.assertRaisesRegex(ValueError, "must not be negative"):
            Adagrad(initial_accumulator_value=-1.0)


if __name__ == "__main__":
    tf.test.main()
