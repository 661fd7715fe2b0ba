"""Tests of Adadelta."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adadelta import Adadelta
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdadeltaTest(OptimizerContract, tf.test.TestCase):
    slots = ("accumulated_grad", "accumulated_delta_var")

    def make_optimizer(self, **kwargs):
        return Adadelta(self.learning_rate, rho=0.8, epsilon=1e-3, **kwargs)

    def updates(self, value, gradients, learning_rate):
        a = d = 0.0
        for g in gradients:
            a = 0.8 * a + 0.2 * g**2
            step = np.sqrt(d + 1e-3) / np.sqrt(a + 1e-3) * g
            d = 0.8 * d + 0.2 * step**2
            value = value - learning_rate * step
            yield value


if __name__ == "__main__":
    tf.test.main()
