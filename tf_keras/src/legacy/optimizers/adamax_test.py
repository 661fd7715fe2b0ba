"""Tests of the Adamax of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.adamax import Adamax
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _adamax(value, gradients, touched, rate):
    m = v = np.zeros_like(value)
    for t, (g, rows) in enumerate(zip(gradients, touched), 1):
        m = np.where(rows, 0.8 * m + 0.2 * g, m)
        v = np.where(rows, np.maximum(0.95 * v, abs(g)), v)
        step = rate / (1 - 0.8**t) * m / (v + 1e-7)
        value = np.where(rows, value - step, value)
        yield value


class AdamaxTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Adamax(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _adamax(value, gradients, touched, learning_rate)


if __name__ == "__main__":
    tf.test.main()
