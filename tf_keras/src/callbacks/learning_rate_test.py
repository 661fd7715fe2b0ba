"""Tests of the callbacks that change the learning rate."""

import contextlib
import io

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.learning_rate_scheduler import (
    LearningRateScheduler,
)
from tf_keras.src.callbacks.reduce_lr_on_plateau import ReduceLROnPlateau
from tf_keras.src.testing.toy_model import ToyModel, run


def _rates(callback, values):
    model = run([callback], values)
    return model.history.history["lr"], float(model.optimizer.learning_rate)


class LearningRateSchedulerTest(tf.test.TestCase):
    def test_function_of_the_epoch(self):
        callback = LearningRateScheduler(lambda epoch: 1.0 / (epoch + 1))
        rates, last = _rates(callback, [0, 0, 0])
        self.assertAllClose(rates, [1, 1 / 2, 1 / 3])
        self.assertIsInstance(rates[0], np.float32)
        self.assertAllClose(last, 1 / 3)

    def test_function_of_epoch_and_rate(self):
        callback = LearningRateScheduler(lambda epoch, rate: rate / 2)
        self.assertAllClose(_rates(callback, [0, 0])[0], [0.05, 0.025])

    def test_an_error_inside_the_function_is_not_taken_for_its_signature(self):
        def broken(epoch, rate):
            raise TypeError("mine")

        with self.assertRaisesRegex(TypeError, "mine"):
            run([LearningRateScheduler(broken)], [0])

    def test_refuses_what_is_no_float(self):
        for value in (1, "fast", None):
            with self.assertRaisesRegex(ValueError, "must return a float"):
                run([LearningRateScheduler(lambda epoch: value)], [0])

    def test_says_what_it_sets(self):
        with contextlib.redirect_stdout(io.StringIO()) as output:
            run([LearningRateScheduler(lambda epoch: 0.5, verbose=1)], [0])
        self.assertEqual(
            output.getvalue(),
            "\nEpoch 1: LearningRateScheduler setting learning rate to 0.5.\n",
        )

    def test_refuses_a_model_without_optimizer(self):
        model = ToyModel()
        model.optimizer = None
        with self.assertRaisesRegex(ValueError, "Was the model compiled"):
            run([LearningRateScheduler(lambda epoch: 0.5)], [0], model=model)


class ReduceLROnPlateauTest(tf.test.TestCase):
    def test_lowers_the_rate_when_the_value_stalls(self):
        callback = ReduceLROnPlateau(factor=0.5, patience=1)
        rates, last = _rates(callback, [3, 3, 2, 2])
        self.assertAllClose(rates, [0.1, 0.1, 0.05, 0.05])
        self.assertAllClose(last, 0.025)

    def test_small_changes_do_not_count(self):
        callback = ReduceLROnPlateau(factor=0.5, patience=1, min_delta=10)
        self.assertAllClose(_rates(callback, [3, 2])[1], 0.05)

    def test_more_is_better_for_accuracies(self):
        callback = ReduceLROnPlateau("acc", factor=0.5, patience=1)
        values = [{"acc": value} for value in (0.1, 0.2, 0.1)]
        self.assertAllClose(_rates(callback, values)[1], 0.05)

    def test_rests_after_a_change(self):
        callback = ReduceLROnPlateau(factor=0.5, patience=1, cooldown=3)
        self.assertAllClose(_rates(callback, [3, 3, 3, 3])[1], 0.05)

    def test_stops_at_the_lowest_rate(self):
        callback = ReduceLROnPlateau(factor=0.1, patience=1, min_lr=0.04)
        with contextlib.redirect_stdout(io.StringIO()) as output:
            callback.verbose = 1
            self.assertAllClose(_rates(callback, [3] * 5)[1], 0.04)
        self.assertEqual(
            output.getvalue(),
            "\nEpoch 2: ReduceLROnPlateau reducing learning rate to 0.04.\n",
        )

    def test_refuses_a_factor_that_lowers_nothing(self):
        with self.assertRaisesRegex(ValueError, "below 1.*Received 1.0"):
            ReduceLROnPlateau(factor=1.0)

    def test_warns_when_the_value_is_missing(self):
        with self.assertLogs("tf_keras", "WARNING"):
            run([ReduceLROnPlateau("foo")], [1])


if __name__ == "__main__":
    tf.test.main()
