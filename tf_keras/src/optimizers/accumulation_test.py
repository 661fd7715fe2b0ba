"""Tests of gradient accumulation."""

import tensorflow as tf

from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.nadam import Nadam
from tf_keras.src.optimizers.schedules import ExponentialDecay
from tf_keras.src.optimizers.sgd import SGD

GRADIENTS = [[1.0, -2.0], [3.0, 0.5], [0.5, 4.0], [-1.0, 1.0]]
MEANS = [[2.0, -0.75], [-0.25, 2.5]]


def run(optimizer, gradients, in_graph=False):
    """Values of a variable after each step."""
    variable = tf.Variable([1.0, 2.0])

    def step(gradient):
        optimizer.apply_gradients([(gradient, variable)])

    if in_graph:
        step = tf.function(step)
    values = []
    for gradient in gradients:
        step(tf.constant(gradient))
        values.append(variable.numpy())
    return values


class AccumulationTest(tf.test.TestCase):
    def check(self, make, in_graph=False):
        found = run(make(gradient_accumulation_steps=2), GRADIENTS, in_graph)
        expected = run(make(), MEANS)
        self.assertAllClose(found[0], [1.0, 2.0])
        self.assertAllClose(found[1], expected[0])
        self.assertAllClose(found[2], expected[0])
        self.assertAllClose(found[3], expected[1])

    def test_uses_the_mean_at_each_nth_step(self):
        for in_graph in (False, True):
            self.check(lambda **o: SGD(0.1, momentum=0.9, **o), in_graph)
            self.check(lambda **o: Adam(0.1, **o), in_graph)
            self.check(lambda **o: Nadam(0.1, **o), in_graph)

    def test_clips_decays_and_averages_the_mean_alone(self):
        self.check(lambda **o: Adam(0.1, global_clipnorm=0.5, **o))
        self.check(lambda **o: SGD(0.1, weight_decay=0.1, **o))
        self.check(
            lambda **o: SGD(0.1, use_ema=True, ema_overwrite_frequency=2, **o),
            in_graph=True,
        )

    def test_sparse_gradients_are_added_up(self):
        optimizer = SGD(1.0, gradient_accumulation_steps=2)
        table = tf.Variable([[1.0], [1.0], [1.0]])
        for row in (0, 2):
            gradient = tf.IndexedSlices([[2.0]], [row], [3, 1])
            optimizer.apply_gradients([(gradient, table)])
        self.assertAllClose(table, [[0.0], [1.0], [0.0]])

    def test_iterations_count_updates_and_schedules_see_steps(self):
        schedule = ExponentialDecay(1.0, 1, 0.5)
        optimizer = SGD(schedule, gradient_accumulation_steps=2)
        values = run(optimizer, [[1.0, 1.0]] * 4)
        self.assertEqual(int(optimizer.iterations), 2)
        self.assertAllClose(values[1], [0.5, 1.5])  # The rate of step 1.
        self.assertAllClose(values[3], [0.375, 1.375])  # That of step 3.

    def test_inside_of_a_loss_scale_optimizer(self):
        def make(**options):
            return LossScaleOptimizer(SGD(0.1, **options))

        self.check(make, in_graph=True)

    def test_configs_hold_it_only_if_it_was_asked_for(self):
        optimizer = Adam(gradient_accumulation_steps=3)
        copied = Adam.from_config(optimizer.get_config())
        self.assertEqual(copied.gradient_accumulation_steps, 3)
        self.assertNotIn("gradient_accumulation_steps", Adam().get_config())

    def test_can_be_set_on_an_optimizer_that_has_state(self):
        optimizer = SGD(0.1, momentum=0.9)
        variable = tf.Variable([1.0])
        for _ in range(2):  # It counts steps from its first.
            optimizer.apply_gradients([(tf.constant([1.0]), variable)])
        optimizer.gradient_accumulation_steps = 2
        for gradient in (1.0, 3.0):
            optimizer.apply_gradients([(tf.constant([gradient]), variable)])
        # Two steps of gradient 1, then one of the mean 2 of 1 and 3.
        self.assertAllClose(variable, [1.0 - 0.1 - 0.19 - (0.9 * 0.19 + 0.2)])

    def test_refuses_what_is_no_count(self):
        for wrong in (0, -1, 1.5, "2", True):
            with self.assertRaisesRegex(ValueError, "whole number"):
                SGD(gradient_accumulation_steps=wrong)
        self.assertIsNone(
            SGD(gradient_accumulation_steps=1).gradient_accumulation_steps
        )


if __name__ == "__main__":
    tf.test.main()
