"""Tests of RMSprop."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.rmsprop import RMSprop
from tf_keras.src.testing.optimizer_contract import OptimizerContract


def _rmsprop(value, gradients, rate, momentum=0.0, centered=False):
    v = a = m = 0.0
    for g in gradients:
        v = 0.8 * v + 0.2 * g**2
        a = 0.8 * a + 0.2 * g
        scale = v - a**2 if centered else v
        m = momentum * m + rate * g / np.sqrt(scale + 1e-4)
        value = value - m
        yield value


class RMSpropTest(OptimizerContract, tf.test.TestCase):
    slots = ("velocity",)

    def make_optimizer(self, **kwargs):
        return RMSprop(self.learning_rate, rho=0.8, epsilon=1e-4, **kwargs)

    def updates(self, value, gradients, learning_rate):
        return _rmsprop(value, gradients, learning_rate)


class CenteredTest(OptimizerContract, tf.test.TestCase):
    slots = ("velocity", "average_gradient")

    def make_optimizer(self, **kwargs):
        return RMSprop(
            self.learning_rate, rho=0.8, epsilon=1e-4, centered=True, **kwargs
        )

    def updates(self, value, gradients, learning_rate):
        return _rmsprop(value, gradients, learning_rate, centered=True)


class CenteredMomentumTest(OptimizerContract, tf.test.TestCase):
    slots = ("velocity", "momentum", "average_gradient")

    def make_optimizer(self, **kwargs):
        return RMSprop(
            self.learning_rate,
            rho=0.8,
            momentum=0.5,
            epsilon=1e-4,
            centered=True,
            **kwargs,
        )

    def updates(self, value, gradients, learning_rate):
        return _rmsprop(value, gradients, learning_rate, 0.5, centered=True)


class MomentumTest(OptimizerContract, tf.test.TestCase):
    slots = ("velocity", "momentum")

    def make_optimizer(self, **kwargs):
        return RMSprop(
            self.learning_rate, rho=0.8, momentum=0.5, epsilon=1e-4, **kwargs
        )

    def updates(self, value, gradients, learning_rate):
        return _rmsprop(value, gradients, learning_rate, 0.5)


if __name__ == "__main__":
    tf.test.main()
