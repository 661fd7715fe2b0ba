"""Tests of the Nadam of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.nadam import Nadam
from tf_keras.src.optimizers.schedules import ExponentialDecay
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _nadam(value, gradients, touched, rate):
    def mu(t):
        return 0.8 * (1 - 0.5 * 0.96 ** (0.004 * t))

    m = v = np.zeros_like(value)
    product = 1.0
    for t, (g, rows) in enumerate(zip(gradients, touched), 1):
        product *= mu(t)
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g**2
        ahead = (1 - mu(t)) * g / (1 - product)
        ahead = ahead + mu(t + 1) * m / (1 - product * mu(t + 1))
        step = rate * ahead / (np.sqrt(v / (1 - 0.95**t)) + 1e-7)
        value = np.where(rows, value - step, value)
        yield value


class NadamTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Nadam(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _nadam(value, gradients, touched, learning_rate)

    def _counts(self):
        return ["opt/iter:0", "opt/momentum_cache:0"]

    def test_counts_doubles_in_doubles(self):
        variable = tf.Variable(1.0, dtype="float64")
        optimizer = Nadam(name=None)
        optimizer.apply_gradients([(tf.constant(2.0, "float64"), variable)])
        self.assertEqual(optimizer.weights[1].dtype, tf.float64)
        self.assertEqual(optimizer.get_config()["name"], "nadam")

    def test_refuses_schedules(self):
        with self.assertRaisesRegex(ValueError, "takes no schedule"):
            Nadam(ExponentialDecay(0.1, 2, 0.5))


if __name__ == "__main__":
    tf.test.main()
