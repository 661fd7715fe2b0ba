"""Tests of the warning of a loss that is no number."""

import logging

import numpy as np
import tensorflow as tf

from tf_keras.src.layers.core.dense import Dense
from tf_keras.src.models.sequential import Sequential

X = np.ones((6, 2), "float32")
Y = np.array([[0.0], [0.0], [np.nan], [0.0], [0.0], [np.inf]], "float32")


class LossWatchTest(tf.test.TestCase):
    def warnings(self, y, **options):
        model = Sequential([Dense(1)])
        model.compile("sgd", "mse", **options)
        with self.assertLogs("tf_keras", "WARNING") as logs:
            model.fit(X, y, 1, epochs=2, shuffle=False, verbose=0)
            # `assertLogs` wants a line in any case.
            logging.getLogger("tf_keras").warning("end")
        return logs.output[:-1]

    def test_nan_warns_once_with_epoch_and_batch(self):
        (line,) = self.warnings(Y, steps_per_execution=1)
        self.assertRegex(line, "loss is nan in epoch 1, at batch 3 ")

    def test_several_steps_in_one_call_warn_after_it(self):
        (line,) = self.warnings(Y, steps_per_execution=4)
        self.assertRegex(line, "at batch 4 or just before")

    def test_an_infinite_loss_warns(self):
        (line,) = self.warnings(np.full_like(Y, np.inf), run_eagerly=True)
        self.assertRegex(line, "loss is inf in epoch 1, at batch 1 ")

    def test_numbers_are_fine(self):
        self.assertEmpty(self.warnings(np.zeros_like(Y)))


if __name__ == "__main__":
    tf.test.main()
