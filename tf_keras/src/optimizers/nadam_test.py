"""Tests of Nadam."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.nadam import Nadam
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class NadamTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Nadam(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def updates(self, value, gradients, learning_rate):
        m = v = 0.0
        product = 1.0
        for t, g in enumerate(gradients, 1):
            u, u_next = (0.8 * (1 - 0.5 * 0.96**s) for s in (t, t + 1))
            product = product * u
            m = 0.8 * m + 0.2 * g
            v = 0.95 * v + 0.05 * g**2
            mean = u_next * m / (1 - product * u_next)
            mean = mean + (1 - u) * g / (1 - product)
            root = np.sqrt(v / (1 - 0.95**t)) + 1e-7
            value = value - learning_rate * mean / root
            yield value


if __name__ == "__main__":
    tf.test.main()
