"""Tests of SGD."""

import tensorflow as tf

from tf_keras.src.optimizers.sgd import SGD
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class SGDTest(OptimizerContract, tf.test.TestCase):
    slots = ("m",)

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, **kwargs)

    def updates(self, value, gradients, learning_rate):
        for g in gradients:
            value = value - learning_rate * g
            yield value


class MomentumTest(OptimizerContract, tf.test.TestCase):
    slots = ("m",)

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, momentum=0.8, **kwargs)

    def updates(self, value, gradients, learning_rate):
        m = 0.0
        for g in gradients:
            m = 0.8 * m - learning_rate * g
            value = value + m
            yield value

    def test_momentum_out_of_range_is_refused(self):
        with self.assertRaisesRegex(ValueError, "momentum=1.5"):
            SGD(momentum=1.5)


class NesterovTest(OptimizerContract, tf.test.TestCase):
    slots = ("m",)

    def make_optimizer(self, **kwargs):
        return SGD(self.learning_rate, momentum=0.8, nesterov=True, **kwargs)

    def updates(self, value, gradients, learning_rate):
        m = 0.0
        for g in gradients:
            m = 0.8 * m - learning_rate * g
            value = value + 0.8 * m - learning_rate * g
            yield value


if __name__ == "__main__":
    tf.test.main()
