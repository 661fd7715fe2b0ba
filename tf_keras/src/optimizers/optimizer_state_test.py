"""Tests of what an optimizer remembers."""

import warnings

import numpy as np
import tensorflow as tf

from tf_keras.src.optimizers.adam import Adam
from tf_keras.src.optimizers.sgd import SGD


class OptimizerStateTest(tf.test.TestCase):
    def test_variables_is_a_list_and_can_be_called(self):
        optimizer = Adam()
        optimizer.build([tf.Variable(1.0)])
        self.assertLen(optimizer.variables, 3)
        self.assertLen(optimizer.variables(), 3)

    def test_weights_come_back(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = Adam()
        with self.assertRaisesRegex(ValueError, "no state yet"):
            optimizer.set_weights([0])
        optimizer.apply_gradients([(tf.ones(2), weight)])
        values = optimizer.get_weights()
        again = Adam()
        again.build([weight])
        again.set_weights(values)
        self.assertAllClose(again.get_weights(), values)
        with self.assertRaisesRegex(ValueError, "3 variables"):
            again.set_weights(values[:2])
        with self.assertRaisesRegex(ValueError, r"shape \(2,\)"):
            again.set_weights([values[0], np.ones(3), values[2]])

    def test_state_of_another_size_is_left_out_with_a_warning(self):
        optimizer = Adam()
        optimizer.build([tf.Variable(1.0)])
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            optimizer.load_own_variables({"0": 3})
        self.assertIn("not loaded", str(caught[0].message))
        self.assertEqual(int(optimizer.iterations), 0)

    def test_iterations_can_be_shared_before_there_is_state(self):
        shared = tf.Variable(5, dtype=tf.int64)
        optimizer = SGD(0.1)
        optimizer.iterations = shared
        optimizer.apply_gradients([(tf.constant(1.0), tf.Variable(1.0))])
        self.assertEqual(int(shared), 6)
        with self.assertRaisesRegex(RuntimeError, "once the"):
            optimizer.iterations = tf.Variable(0, dtype=tf.int64)

    def test_checkpoints_hold_the_recorded_paths(self):
        weight = tf.Variable([1.0, 2.0], name="w")
        optimizer = Adam()
        optimizer.apply_gradients([(tf.ones(2), weight)])
        checkpoint = tf.train.Checkpoint(optimizer=optimizer)
        path = checkpoint.save(self.get_temp_dir() + "/checkpoint")
        suffix = "/.ATTRIBUTES/VARIABLE_VALUE"
        names = {
            name.removesuffix(suffix)
            for name, _ in tf.train.list_variables(path)
        }
        self.assertEqual(
            names,
            {
                "_CHECKPOINTABLE_OBJECT_GRAPH",
                "save_counter",
                "optimizer/_iterations",
                "optimizer/_learning_rate",
                "optimizer/_variables/1",
                "optimizer/_variables/2",
            },
        )
        again = Adam()
        restored = tf.train.Checkpoint(optimizer=again).restore(path)
        again.build([weight])  # State made later is restored then.
        restored.assert_consumed()
        self.assertAllClose(again.get_weights(), optimizer.get_weights())

    def test_partly_known_shapes_are_accepted(self):
        weight = tf.Variable([1.0, 2.0], shape=[None])
        optimizer = Adam(0.1)
        optimizer.apply_gradients([(tf.ones(2), weight)])
        self.assertAllClose(weight, [0.9, 1.9])

    def test_state_made_in_a_trace_outlives_it(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = Adam(0.1)
        step = tf.function(
            lambda: optimizer.apply_gradients([(tf.ones(2), weight)])
        )
        step()
        step()
        eager, twin = tf.Variable([1.0, 2.0]), Adam(0.1)
        for _ in range(2):
            twin.apply_gradients([(tf.ones(2), eager)])
        self.assertAllClose(weight, eager)

    def test_a_variable_given_twice_has_one_slot(self):
        weight = tf.Variable([1.0, 2.0])
        optimizer = SGD(0.1)
        optimizer.build([weight, weight])
        optimizer.build([weight])
        self.assertLen(optimizer.variables, 2)


if __name__ == "__main__":
    tf.test.main()
