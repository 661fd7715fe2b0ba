"""Tests of Adafactor."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adafactor import Adafactor
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdafactorTest(OptimizerContract, tf.test.TestCase):
    learning_rate = 0.6
    slots = ("r", "c", "v")

    def make_optimizer(self, **kwargs):
        return Adafactor(self.learning_rate, clip_threshold=0.7, **kwargs)

    def updates(self, value, gradients, learning_rate):
        r = c = v = 0.0

        def size(x):
            return np.sqrt(np.mean(x**2))

        for t, g in enumerate(gradients, 1):
            beta = 1 - t**-0.8
            square = g**2 + 1e-30
            if g.ndim == 2:
                r = beta * r + (1 - beta) * square.mean(-1)
                c = beta * c + (1 - beta) * square.mean(-2)
                v = np.outer(r, c) / r.mean()
            else:
                v = beta * v + (1 - beta) * square
            u = g / np.sqrt(v)
            u = u / max(1.0, size(u) / 0.7)
            rate = max(1e-3, size(value)) * min(learning_rate, t**-0.5)
            value = value - rate * u
            yield value

    def test_means_over_rows_and_columns_are_small(self):
        optimizer = self.make_optimizer()
        optimizer.build([tf.Variable(np.ones((3, 4, 5)))])
        shapes = [tuple(v.shape) for v in optimizer.variables[1:3]]
        self.assertEqual(shapes, [(3, 4), (3, 5)])

    def test_a_partly_known_shape_has_the_slots_of_its_size(self):
        variable = tf.Variable(tf.ones((2, 3)), shape=(None, 3))
        same = tf.Variable(tf.ones((2, 3)))
        for each in (variable, same):
            Adafactor(0.1).apply_gradients([(tf.fill((2, 3), 0.5), each)])
        self.assertAllClose(variable, same)


if __name__ == "__main__":
    tf.test.main()
