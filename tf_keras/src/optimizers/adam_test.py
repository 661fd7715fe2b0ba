"""Tests of Adam."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.testing.optimizer_contract import OptimizerContract


def _adam(value, gradients, rate, epsilon=1e-7, hat=False, ams=False):
    m = v = largest = 0.0
    for t, g in enumerate(gradients, 1):
        m = 0.8 * m + 0.2 * g
        v = 0.95 * v + 0.05 * g**2
        largest = np.maximum(largest, v)
        used = largest if ams else v
        if hat:  # Algorithm 1 of the paper.
            root = np.sqrt(used / (1 - 0.95**t)) + epsilon
            value = value - rate * m / (1 - 0.8**t) / root
        else:  # The reordered form at the end of section 2.
            step = rate * np.sqrt(1 - 0.95**t) / (1 - 0.8**t)
            value = value - step * m / (np.sqrt(used) + epsilon)
        yield value


class AdamTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Adam(self.learning_rate, beta_1=0.8, beta_2=0.95, **kwargs)

    def updates(self, value, gradients, learning_rate):
        return _adam(value, gradients, learning_rate)

    def test_config_leaves_out_the_form_of_epsilon_unless_it_is_new(self):
        self.assertNotIn("adaptive_epsilon", Adam().get_config())
        config = Adam(adaptive_epsilon=True).get_config()
        self.assertTrue(Adam.from_config(config).adaptive_epsilon)


class AdaptiveEpsilonTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return Adam(
            self.learning_rate,
            beta_1=0.8,
            beta_2=0.95,
            epsilon=0.1,
            adaptive_epsilon=True,
            **kwargs,
        )

    def updates(self, value, gradients, learning_rate):
        return _adam(value, gradients, learning_rate, 0.1, hat=True)


class AmsgradTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "v", "vhat")

    def make_optimizer(self, **kwargs):
        return Adam(
            self.learning_rate,
            beta_1=0.8,
            beta_2=0.95,
            amsgrad=True,
            **kwargs,
        )

    def updates(self, value, gradients, learning_rate):
        return _adam(value, gradients, learning_rate, ams=True)


if __name__ == "__main__":
    tf.test.main()
