"""Tests of the RMSprop of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.rmsprop import RMSprop
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _rmsprop(value, gradients, touched, rate, centered=False):
    v = a = np.zeros_like(value)
    for g, rows in zip(gradients, touched):
        v = 0.8 * v + 0.2 * g**2
        a = 0.8 * a + 0.2 * g
        root = np.sqrt(v - a**2 if centered else v) + 0.01
        value = np.where(rows, value - rate * g / root, value)
        yield value


def _with_momentum(value, gradients, touched, rate, centered=False):
    v = a = m = np.zeros_like(value)
    for g, rows in zip(gradients, touched):
        v = np.where(rows, 0.8 * v + 0.2 * g**2, v)
        a = np.where(rows, 0.8 * a + 0.2 * g, a)
        root = np.sqrt((v - a**2 if centered else v) + 0.01)
        m = np.where(rows, 0.9 * m + rate * g / root, m)
        value = np.where(rows, value - m, value)
        yield value


class RMSpropTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("rms",)

    def make_optimizer(self, **kwargs):
        return RMSprop(self.learning_rate, rho=0.8, epsilon=0.01, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _rmsprop(value, gradients, touched, learning_rate)


class CenteredTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("rms", "mg")

    def make_optimizer(self, **kwargs):
        return RMSprop(
            self.learning_rate, 0.8, epsilon=0.01, centered=True, **kwargs
        )

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _rmsprop(value, gradients, touched, learning_rate, True)


class MomentumTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("rms", "momentum")

    def make_optimizer(self, **kwargs):
        return RMSprop(self.learning_rate, 0.8, 0.9, 0.01, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _with_momentum(value, gradients, touched, learning_rate)


class CenteredMomentumTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("rms", "momentum", "mg")

    def make_optimizer(self, **kwargs):
        return RMSprop(self.learning_rate, 0.8, 0.9, 0.01, True, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _with_momentum(value, gradients, touched, learning_rate, True)


if __name__ == "__main__":
    tf.test.main()
