"""Tests of Adamax."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adamax import Adamax
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdamaxTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "u")

    def make_optimizer(self, **kwargs):
        return Adamax(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def updates(self, value, gradients, learning_rate):
        m = u = 0.0
        for t, g in enumerate(gradients, 1):
            m = 0.8 * m + 0.2 * g
            u = np.maximum(0.95 * u, np.abs(g))
            rate = learning_rate / (1 - 0.8**t)
            value = value - rate * m / (u + 1e-7)
            yield value


if __name__ == "__main__":
    tf.test.main()
