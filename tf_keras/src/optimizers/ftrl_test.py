"""Tests of Ftrl."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.ftrl import Ftrl
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class FtrlTest(OptimizerContract, tf.test.TestCase):
    slots = ("accumulator", "linear")

    def make_optimizer(self, **kwargs):
        return Ftrl(
            self.learning_rate,
            learning_rate_power=-0.6,
            l1_regularization_strength=0.01,
            l2_regularization_strength=0.02,
            l2_shrinkage_regularization_strength=0.03,
            beta=0.04,
            **kwargs,
        )

    def updates(self, value, gradients, learning_rate):
        a, z = 0.1, 0.0
        l2 = 0.02 + 0.04 / (2 * learning_rate)
        for g in gradients:
            b = a + g**2
            sigma = (b**0.6 - a**0.6) / learning_rate
            z = z + g + 2 * 0.03 * value - sigma * value
            quotient = b**0.6 / learning_rate + 2 * l2
            value = (np.sign(z) * 0.01 - z) / quotient
            value = np.where(np.abs(z) > 0.01, value, 0.0)
            a = b
            yield value

    def test_values_out_of_range_are_refused(self):
        with self.assertRaisesRegex(ValueError, "learning_rate_power=0.5"):
            Ftrl(learning_rate_power=0.5)
        with self.assertRaisesRegex(ValueError, "l1_regularization"):
            Ftrl(l1_regularization_strength=-1.0)


if __name__ == "__main__":
    tf.test.main()
