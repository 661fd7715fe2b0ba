"""Tests of AdamW."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adamw import AdamW
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdamWTest(OptimizerContract, tf.test.TestCase):
    slots = ("m", "v")

    def make_optimizer(self, **kwargs):
        return AdamW(
            self.learning_rate,
            weight_decay=0.3,
            beta_1=0.8,
            beta_2=0.95,
            **kwargs,
        )

    def updates(self, value, gradients, learning_rate):
        m = v = 0.0
        for t, g in enumerate(gradients, 1):
            value = value - 0.3 * learning_rate * value
            m = 0.8 * m + 0.2 * g
            v = 0.95 * v + 0.05 * g**2
            step = learning_rate * np.sqrt(1 - 0.95**t) / (1 - 0.8**t)
            value = value - step * m / (np.sqrt(v) + 1e-7)
            yield value

    def test_weight_decay_is_needed(self):
        with self.assertRaisesRegex(ValueError, "weight_decay=None"):
            AdamW(weight_decay=None)

    def test_names_can_be_free_of_decay(self):
        kernel = tf.Variable([1.0], name="kernel")
        bias = tf.Variable([1.0], name="bias")
        optimizer = AdamW(0.1, weight_decay=0.5)
        optimizer.exclude_from_weight_decay(var_names=["bias"])
        zero = tf.zeros(1)
        optimizer.apply_gradients([(zero, kernel), (zero, bias)])
        self.assertAllClose(kernel, [0.95])
        self.assertAllClose(bias, [1.0])


if __name__ == "__main__":
    tf.test.main()
