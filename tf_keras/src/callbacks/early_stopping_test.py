"""Tests of stopping when a value stops improving."""

import contextlib
import io

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.early_stopping import EarlyStopping
from tf_keras.src.testing.toy_model import run


def _stopped(values, **options):
    """Number of the epoch that stopped the run, or None."""
    callback = EarlyStopping(**options)
    model = run([callback], values)
    return callback.stopped_epoch if model.stop_training else None


class EarlyStoppingTest(tf.test.TestCase):
    def test_waits_as_long_as_its_patience(self):
        values = [3, 2, 2.5, 2.6, 2.7]
        self.assertEqual(_stopped(values, patience=2), 3)
        self.assertEqual(_stopped(values), 2)
        self.assertIsNone(_stopped(values, patience=4))

    def test_small_changes_do_not_count(self):
        self.assertEqual(_stopped([3, 2.9, 2.8], min_delta=0.5, patience=1), 1)
        self.assertEqual(_stopped([3, 2.9, 2.8], min_delta=-0.5, patience=1), 1)

    def test_more_is_better_for_accuracies(self):
        values = [{"val_accuracy": value} for value in (0.1, 0.2, 0.15)]
        self.assertEqual(_stopped(values, monitor="val_accuracy"), 2)
        values = [{"loss": value} for value in (0.1, 0.2, 0.15)]
        self.assertEqual(_stopped(values, monitor="loss", mode="max"), 2)

    def test_epochs_below_the_baseline_count_as_no_improvement(self):
        values = [3, 2, 1.9, 1.8]
        self.assertEqual(_stopped(values, baseline=1, patience=2), None)
        self.assertEqual(_stopped([3, 2, 2], baseline=1, patience=2), 2)

    def test_looks_away_before_its_first_epoch(self):
        values = [1, 2, 2.5, 2.6, 2.7]
        self.assertEqual(_stopped(values, patience=1, start_from_epoch=2), 3)

    def test_brings_back_the_best_weights_when_it_stops(self):
        callback = EarlyStopping(restore_best_weights=True, patience=2)
        model = run([callback], [3, 2, 2.5, 2.6, 2.7])
        self.assertAllEqual(model.get_weights()[0], np.full((2, 2), 1))

    def test_brings_back_the_best_weights_when_the_run_ends(self):
        callback = EarlyStopping(restore_best_weights=True, patience=9)
        model = run([callback], [3, 2, 2.5])
        self.assertAllEqual(model.get_weights()[0], np.full((2, 2), 1))

    def test_nan_is_no_improvement_and_restores_the_first_weights(self):
        callback = EarlyStopping(restore_best_weights=True, patience=2)
        model = run([callback], [np.nan] * 4)
        self.assertEqual(callback.stopped_epoch, 1)
        self.assertAllEqual(model.get_weights()[0], np.zeros((2, 2)))

    def test_forgets_the_run_before(self):
        callback = EarlyStopping(patience=1)
        run([callback], [1, 2])
        self.assertFalse(run([callback], [5, 4, 3]).stop_training)

    def test_says_what_happens(self):
        callback = EarlyStopping(verbose=1, restore_best_weights=True)
        with contextlib.redirect_stdout(io.StringIO()) as output:
            run([callback], [3, 2, 2.5])
        self.assertEqual(
            output.getvalue(),
            "Epoch 3: early stopping\n"
            "Restoring model weights from the end of the best epoch: 2.\n",
        )

    def test_warns_when_the_value_is_missing(self):
        with self.assertLogs("tf_keras", "WARNING") as logs:
            self.assertIsNone(_stopped([1], monitor="foo"))
        self.assertIn("`foo`, which is not available", logs.output[0])
        self.assertIn("loss, val_loss", logs.output[0])

    def test_warns_of_an_unknown_mode(self):
        with self.assertLogs("tf_keras", "WARNING"):
            self.assertIs(EarlyStopping(mode="best").monitor_op, np.less)


if __name__ == "__main__":
    tf.test.main()
