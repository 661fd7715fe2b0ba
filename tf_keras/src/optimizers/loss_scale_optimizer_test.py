"""Tests of LossScaleOptimizer."""

import copy
import pickle

import numpy as np
import tensorflow as tf
from absl.testing import parameterized

from tf_keras.src.optimizers import resolve
from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.loss_scale_optimizer import LossScaleOptimizer
from tf_keras.src.optimizers.optimizer import Optimizer
from tf_keras.src.optimizers.sgd import SGD

_INFINITE = [np.inf, 1.0]


class LossScaleOptimizerTest(tf.test.TestCase, parameterized.TestCase):
    def test_minimize_gives_what_the_inner_optimizer_gives(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = LossScaleOptimizer(SGD(0.1))
        optimizer.minimize(lambda: tf.reduce_sum(weight**2), [weight])
        self.assertAllClose(weight, [0.8, 1.6])
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(weight**2)
        optimizer.minimize(loss, [weight], tape=tape)
        self.assertAllClose(weight, [0.64, 1.28])

    def test_scaling_saves_gradients_too_small_for_half_precision(self):
        weight = tf.Variable(1.0)

        def loss():
            return tf.cast(weight, tf.float16) * tf.constant(1e-5, tf.float16)

        def rare():
            return tf.cast(loss() * tf.constant(1e-3, tf.float16), tf.float32)

        plain = SGD(1.0).compute_gradients(rare, [weight])[0][0]
        scaled = LossScaleOptimizer(SGD(1.0)).compute_gradients(rare, [weight])
        self.assertAllEqual(plain, 0.0)
        self.assertAllClose(scaled[0][0], 1e-8, rtol=0.05)

    @parameterized.parameters(False, True)
    def test_steps_that_are_not_finite_are_left_out(self, in_graph):
        weight = tf.Variable([1.0, 2.0])
        optimizer = LossScaleOptimizer(
            SGD(0.1), initial_scale=8.0, dynamic_growth_steps=1
        )
        optimizer.get_scaled_loss(tf.constant(1.0))

        def step(gradient):
            optimizer.apply_gradients([(gradient, weight)])

        step = tf.function(step) if in_graph else step
        step(tf.constant(_INFINITE))
        self.assertAllClose(weight, [1.0, 2.0])
        self.assertAllClose(optimizer.loss_scale, 4.0)
        self.assertEqual(int(optimizer.iterations), 1)
        step(tf.ones(2))
        self.assertAllClose(weight, [0.9, 1.9])
        self.assertAllClose(optimizer.loss_scale, 8.0)
        self.assertEqual(int(optimizer.iterations), 2)

    def test_a_fixed_scale_leaves_nothing_out(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = LossScaleOptimizer(
            SGD(0.1), dynamic=False, initial_scale=2.0
        )
        self.assertAllClose(optimizer.get_scaled_loss(tf.constant(3.0)), 6.0)
        optimizer.apply_gradients([(tf.constant(_INFINITE), weight)])
        self.assertAllClose(weight, [-np.inf, 1.9])
        self.assertIsNone(optimizer.dynamic_counter)
        self.assertIsNone(optimizer.dynamic_growth_steps)

    def test_losses_and_gradients_of_all_kinds_are_scaled(self):
        optimizer = LossScaleOptimizer(SGD(0.1), initial_scale=4.0)
        self.assertAllClose(
            optimizer.get_scaled_loss(lambda: tf.constant(2.0))(), 8.0
        )
        half = optimizer.get_scaled_loss(tf.constant(2.0, tf.float16))
        self.assertEqual(half.dtype, tf.float16)
        slices = tf.IndexedSlices(tf.constant([[8.0]]), tf.constant([1]))
        none, dense, sparse = optimizer.get_unscaled_gradients(
            [None, tf.constant([4.0]), slices]
        )
        self.assertIsNone(none)
        self.assertAllClose(dense, [1.0])
        self.assertAllClose(sparse.values, [[2.0]])

    def test_forgetting_to_scale_warns(self):
        optimizer = LossScaleOptimizer(SGD(0.1))
        with self.assertWarnsRegex(UserWarning, "get_scaled_loss"):
            optimizer.apply_gradients([(tf.ones(1), tf.Variable([1.0]))])

    def test_attributes_are_those_of_the_inner_optimizer(self):
        inner = Adam(0.1)
        optimizer = LossScaleOptimizer(inner)
        self.assertIsInstance(optimizer, Optimizer)
        optimizer.learning_rate = 0.5
        optimizer.beta_1 = 0.7
        self.assertAllClose(inner.learning_rate, 0.5)
        self.assertEqual(inner.beta_1, 0.7)
        self.assertEqual(optimizer.name, "Adam")
        with self.assertRaisesRegex(AttributeError, "bogus"):
            optimizer.bogus

    def test_config_makes_the_optimizer_again(self):
        optimizer = LossScaleOptimizer(Adam(0.5), initial_scale=2.0)
        again = resolve.deserialize(resolve.serialize(optimizer))
        self.assertEqual(again.get_config(), optimizer.get_config())

    def test_copies_pickles_and_checkpoints_keep_state_and_scale(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = LossScaleOptimizer(Adam(0.1), initial_scale=8.0)
        optimizer.get_scaled_loss(tf.constant(1.0))
        for gradient in ([1.0, 1.0], _INFINITE, [1.0, 1.0]):
            optimizer.apply_gradients([(tf.constant(gradient), weight)])
        path = tf.train.Checkpoint(optimizer=optimizer).save(
            self.get_temp_dir() + "/checkpoint"
        )
        restored = LossScaleOptimizer(Adam(0.3))
        restored.build([weight])
        status = tf.train.Checkpoint(optimizer=restored).restore(path)
        status.assert_consumed()
        pickled = pickle.loads(pickle.dumps(optimizer))
        pickled.build([weight])
        for again in (restored, copy.deepcopy(optimizer), pickled):
            self.assertAllClose(again.loss_scale, 4.0)
            self.assertEqual(int(again.dynamic_counter), 1)
            self.assertAllClose(again.learning_rate, 0.1)
            self.assertAllClose(again.get_weights(), optimizer.get_weights())

    def test_arguments_that_do_not_fit_are_refused(self):
        for arguments, message in (
            (("adam",), "must be an optimizer"),
            ((LossScaleOptimizer(SGD()),), "can't wrap"),
            ((SGD,), "must be an optimizer"),
            ((SGD(), "yes"), "True or False"),
        ):
            with self.assertRaisesRegex(TypeError, message):
                LossScaleOptimizer(*arguments)
        with self.assertRaisesRegex(ValueError, "must be given"):
            LossScaleOptimizer(SGD(), dynamic=False)
        with self.assertRaisesRegex(ValueError, "never grows"):
            LossScaleOptimizer(SGD(), False, 2.0, 3)


if __name__ == "__main__":
    tf.test.main()
