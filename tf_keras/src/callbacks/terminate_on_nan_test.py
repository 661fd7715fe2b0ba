"""Tests of stopping when the loss is not a number."""

import contextlib
import io

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.terminate_on_nan import TerminateOnNaN
from tf_keras.src.testing.toy_model import run


class TerminateOnNaNTest(tf.test.TestCase):
    def test_stops_at_the_batch(self):
        for bad in (np.nan, np.inf):
            with contextlib.redirect_stdout(io.StringIO()) as output:
                model = run([TerminateOnNaN()], [1, bad, 2], steps=3)
            self.assertEqual(
                output.getvalue(),
                "Batch 0: Invalid loss, terminating training\n",
            )
            self.assertTrue(model.stop_training)
            self.assertEqual(int(model.optimizer.iterations), 4)

    def test_lets_numbers_pass(self):
        self.assertFalse(run([TerminateOnNaN()], [1], 2).stop_training)


if __name__ == "__main__":
    tf.test.main()
