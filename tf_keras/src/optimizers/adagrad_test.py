"""Tests of Adagrad."""

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adagrad import Adagrad
from tf_keras.src.testing.optimizer_contract import OptimizerContract


class AdagradTest(OptimizerContract, tf.test.TestCase):
    slots = ("accumulator",)

    def make_optimizer(self, **kwargs):
        return Adagrad(self.learning_rate, epsilon=0.01, **kwargs)

    def updates(self, value, gradients, learning_rate):
        a = 0.1
        for g in gradients:
            a = a + g**2
            value = value - learning_rate * g / np.sqrt(a + 0.01)
            yield value

    def test_sums_of_another_optimizer_keep_epsilon_inside_of_the_root(self):
        gradient = np.array([1e-5, 1e-3, 1.0])
        for run in (lambda f: f, tf.function):
            variable = tf.Variable([1.0, 1.0, 1.0])
            optimizer = Adagrad(0.1)
            optimizer.build([variable])
            optimizer.set_weights([0, np.zeros(3)])
            run(optimizer.apply_gradients)(
                [(tf.constant(gradient, tf.float32), variable)]
            )
            expected = 1 - 0.1 * gradient / np.sqrt(gradient**2 + 1e-7)
            self.assertAllClose(variable, expected, rtol=1e-6, atol=0)

    def test_sums_set_after_a_step_are_looked_at(self):
        variable = tf.Variable([1.0])
        optimizer = Adagrad(0.1)
        gradient = tf.constant([1e-4])
        optimizer.apply_gradients([(gradient, variable)])
        optimizer.set_weights([1, np.zeros(1)])
        variable.assign([1.0])
        optimizer.apply_gradients([(gradient, variable)])
        expected = 1 - 0.1 * 1e-4 / np.sqrt(1e-8 + 1e-7)
        self.assertAllClose(variable, [expected], rtol=1e-6, atol=0)

    def test_a_traced_step_keeps_epsilon_for_sums_that_are_restored(self):
        gradient = np.array([1e-5, 1e-3, 1e-1, 1.0])
        sums = np.array([0.0, 0.0, 1e-4, 5.0])
        variable = tf.Variable(tf.zeros(4))
        saved = Adagrad(0.1)
        saved.build([variable])
        saved.set_weights([0, sums])
        path = tf.train.Checkpoint(optimizer=saved).save(
            self.get_temp_dir() + "/sums"
        )
        for restore in (
            lambda o: tf.train.Checkpoint(optimizer=o).restore(path),
            lambda o: o.set_weights([0, sums]),
        ):
            optimizer = Adagrad(0.1)
            step = tf.function(optimizer.apply_gradients)
            pairs = [(tf.constant(gradient, tf.float32), variable)]
            optimizer.build([variable])
            step(pairs)
            restore(optimizer)
            variable.assign(tf.zeros(4))
            step(pairs)
            root = np.sqrt(sums + gradient**2 + 1e-7)
            self.assertAllClose(
                variable, -0.1 * gradient / root, rtol=6e-4, atol=0
            )


class AdagradByKernelTest(AdagradTest):
    """The same with the usual epsilon, for which the kernel is exact."""

    def make_optimizer(self, **kwargs):
        return Adagrad(self.learning_rate, **kwargs)

    def updates(self, value, gradients, learning_rate):
        a = 0.1
        for g in gradients:
            a = a + g**2
            value = value - learning_rate * g / np.sqrt(a + 1e-7)
            yield value

    def test_steps_differ_by_less_than_rounding(self):
        gradient = np.linspace(-2, 2, 101) ** 3
        variable = tf.Variable(tf.zeros(101))
        Adagrad(1.0).apply_gradients(
            [(tf.constant(gradient, tf.float32), variable)]
        )
        expected = -gradient / np.sqrt(0.1 + gradient**2 + 1e-7)
        self.assertAllClose(variable, expected, rtol=5e-7, atol=0)


if __name__ == "__main__":
    tf.test.main()
