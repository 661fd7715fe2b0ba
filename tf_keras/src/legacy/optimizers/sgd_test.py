"""Tests of the SGD of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.sgd import SGD
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _sgd(value, gradients, touched, rate, momentum=0.0, nesterov=False):
    m = np.zeros_like(value)
    for g, rows in zip(gradients, touched):
        m = np.where(rows, momentum * m - rate * g, m)
        step = momentum * m - rate * g if nesterov else m
        value = np.where(rows, value + step, value)
        yield value


class SGDTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ()

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _sgd(value, gradients, touched, learning_rate)

    def test_refuses_momentum_out_of_range(self):
        with self.assertRaisesRegex(ValueError, "between.*momentum=2.0"):
            SGD(momentum=2.0)


class MomentumTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("momentum",)

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, momentum=0.9, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _sgd(value, gradients, touched, learning_rate, 0.9)


class NesterovTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("momentum",)

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, momentum=0.9, nesterov=True, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _sgd(value, gradients, touched, learning_rate, 0.9, True)


if __name__ == "__main__":
    tf.test.main()
