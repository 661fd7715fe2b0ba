"""Tests of the Ftrl of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.ftrl import Ftrl
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _ftrl(value, gradients, touched, rate):
    n, z = np.full_like(value, 0.1), np.zeros_like(value)
    for g, rows in zip(gradients, touched):
        new = n + g**2
        shrunk = g + 2 * 0.05 * value
        moved = z + shrunk - (np.sqrt(new) - np.sqrt(n)) / rate * value
        below = np.sqrt(new) / rate + 2 * 0.02 + 0.1 / rate
        found = (np.sign(moved) * 0.01 - moved) / below
        found = np.where(abs(moved) > 0.01, found, 0.0)
        n, z = np.where(rows, new, n), np.where(rows, moved, z)
        value = np.where(rows, found, value)
        yield value


class FtrlTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("accumulator", "linear")

    def make_optimizer(self, **kwargs):
        return Ftrl(
            self.learning_rate,
            l1_regularization_strength=0.01,
            l2_regularization_strength=0.02,
            l2_shrinkage_regularization_strength=0.05,
            beta=0.1,
            **kwargs,
        )

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _ftrl(value, gradients, touched, learning_rate)

    def test_refuses_negative_penalties(self):
        with self.assertRaisesRegex(ValueError, "l1.*must not be negative"):
            Ftrl(l1_regularization_strength=-1.0)


if __name__ == "__main__":
    tf.test.main()
