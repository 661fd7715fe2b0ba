"""Tests of the Adam of before 2.11."""

import numpy as np
import tensorflow as tf

from tf_keras.src.legacy.optimizers.adam import Adam
from tf_keras.src.testing.legacy_optimizer_contract import (
    LegacyOptimizerContract,
)


def _adam(value, gradients, rate, amsgrad=False):
    m = v = largest = np.zeros_like(value)
    for t, g in enumerate(gradients, 1):
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g**2
        largest = np.maximum(largest, v)
        step = rate * np.sqrt(1 - 0.95**t) / (1 - 0.8**t)
        value = value - step * m / (np.sqrt(largest if amsgrad else v) + 1e-7)
        yield value


class AdamTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Adam(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _adam(value, gradients, learning_rate)

    def test_weights_of_early_files_with_vain_vhat_fit(self):
        optimizer = Adam()
        optimizer.build([tf.Variable([1.0, 2.0])])
        one, two = np.array([3.0, 4.0]), np.array([5.0, 6.0])
        optimizer.set_weights([np.array(7), one, two, np.zeros(1)])
        self.assertEqual(int(optimizer.iterations), 7)
        self.assertAllClose(optimizer.get_weights()[2], two)


class AmsgradTest(LegacyOptimizerContract, tf.test.TestCase):
    slots = ("m", "v", "vhat")

    def make_optimizer(self, **kwargs):
        rate = self.learning_rate
        return Adam(rate, 0.8, 0.95, amsgrad=True, **kwargs)

    def sparse_updates(self, value, gradients, touched, learning_rate):
        return _adam(value, gradients, learning_rate, amsgrad=True)


if __name__ == "__main__":
    tf.test.main()
