"""Tests of Adagrad."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adagrad import Adagrad
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdagradTest(OptimizerContract, tf.test.TestCase):
    slots = ("accumulator",)

    def make_optimizer(self, **kwargs):
        return Adagrad(self.learning_rate, epsilon=0.01, **kwargs)

    def updates(self, value, gradients, learning_rate):
        a = 0.1
        for g in gradients:
            a = a + g**2
            value = value - learning_rate * g / np.sqrt(a + 0.01)
            yield value


if __name__ == "__main__":
    tf.test.main()
