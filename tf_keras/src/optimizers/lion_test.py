"""Tests of Lion."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.lion import Lion
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class LionTest(OptimizerContract, tf.test.TestCase):
    slots = ("m",)

    def make_optimizer(self, **kwargs):
        return Lion(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def updates(self, value, gradients, learning_rate):
        m = 0.0
        for g in gradients:
            value = value - learning_rate * np.sign(0.8 * m + 0.2 * g)
            m = 0.95 * m + 0.05 * g
            yield value

    def test_a_direction_without_mean_is_refused(self):
        with self.assertRaisesRegex(ValueError, "beta_1=0"):
            Lion(beta_1=0)


if __name__ == "__main__":
    tf.test.main()
