"""Tests of what a run shows."""

import contextlib
import io
import itertools
import time
from unittest import mock

import tensorflow as tf

from tf_keras.src.callbacks.callback_list import CallbackList
from tf_keras.src.callbacks.progbar_logger import ProgbarLogger
from tf_keras.src.testing.toy_model import ToyModel


class _Terminal(io.StringIO):
    def isatty(self):
        return True


def _clock():
    """A clock that goes on by a second whenever it is read."""
    return map(float, itertools.count(1000))


@contextlib.contextmanager
def _moments(stream=None, steps=4, epochs=2, verbose=1):
    moments = CallbackList(
        add_progbar=True,
        model=ToyModel(),
        verbose=verbose,
        epochs=epochs,
        steps=steps,
    )
    moments.text = stream or io.StringIO()
    with contextlib.redirect_stdout(moments.text):
        yield moments


class ProgbarLoggerTest(tf.test.TestCase):
    def test_log_file_gets_one_bar_an_epoch(self):
        with _moments() as moments:
            moments.on_train_begin()
            for epoch in range(2):
                moments.on_epoch_begin(epoch)
                moments.on_block("train", 0, 3, {"loss": tf.constant(1.0)})
                moments.on_epoch_end(epoch, {"loss": 0.5, "val_loss": 0.25})
            moments.on_train_end()
        self.assertRegex(
            moments.text.getvalue(),
            r"^Epoch 1/2\n4/4 \[={30}\] - 0s \d+[um]?s/step - loss: 0.\d+ - "
            r"val_loss: 0.2500\nEpoch 2/2\n4/4 \[=.*\n$",
        )

    def test_a_step_takes_its_share_of_the_epoch(self):
        for blocks in ([(0, 3)], [(0, 2), (3, 3)], [(0, 0), (1, 3)]):
            with _moments() as moments:
                with mock.patch.object(time, "time", side_effect=_clock()):
                    moments.on_train_begin()
                    moments.on_epoch_begin(0)
                    for first, last in blocks:
                        for _ in range(last - first + 1):
                            time.time()  # A step takes a second.
                        moments.on_block("train", first, last, {"loss": 1.0})
                    moments.on_epoch_end(0, {"loss": 1.0})
            self.assertRegex(moments.text.getvalue(), " [12]s/step")

    def test_terminal_sees_the_bar_move_with_blocks(self):
        with _moments(_Terminal()) as moments:
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_block("train", 0, 1, {"loss": tf.constant(1.0)})
            self.assertIn("\r2/4 [====", moments.text.getvalue())

    def test_terminal_sees_the_bar_move_with_batches(self):
        with _moments(_Terminal()) as moments:
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_train_batch_end(0, {"loss": tf.constant(1.0)})
            self.assertIn(
                "\r1/4 [======>.......................] - ETA: 0s - loss: 1",
                moments.text.getvalue(),
            )

    def test_values_of_metrics_are_shown_as_they_are(self):
        with _moments(epochs=1) as moments:
            moments.model.metrics = [tf.Module("loss")]
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_block("train", 0, 3, {"loss": tf.constant(9.0)})
            moments.on_epoch_end(0, {"loss": 0.5})
        self.assertIn(" - loss: 0.5000\n", moments.text.getvalue())

    def test_unknown_length_is_known_in_the_end(self):
        with _moments(_Terminal(), steps=None) as moments:
            moments.on_train_begin()
            for epoch in range(2):
                moments.on_epoch_begin(epoch)
                moments.on_block("train", 0, 1, {})
                moments.on_block("train", 2, 2, {})
                moments.on_epoch_end(epoch)
        text = moments.text.getvalue()
        self.assertIn("\r      2/Unknown - ", text)
        self.assertIn("\r3/3 [====", text)
        self.assertIn("\r2/3 [====", text)

    def test_data_that_ran_out_is_not_shown_as_done(self):
        with _moments() as moments:
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_block("train", 0, 1, {})
            moments.on_epoch_end(0)
        self.assertIn("2/4 [====", moments.text.getvalue())

    def test_validation_has_no_bar_of_its_own(self):
        with _moments(epochs=1) as moments:
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_test_begin()
            moments.on_block("test", 0, 3, {"loss": 1.0})
            moments.on_test_end({"loss": 1.0})
        self.assertEqual(moments.text.getvalue(), "")

    def test_evaluation_and_prediction_have_one(self):
        with _moments(epochs=1) as moments:
            moments.on_test_begin()
            moments.on_block("test", 0, 3, {"loss": 1.0})
            moments.on_test_end({"loss": 1.0})
            moments.on_predict_begin()
            moments.on_predict_batch_end(3, {"outputs": tf.ones(2)})
            moments.on_predict_end()
        first, second = moments.text.getvalue().splitlines()
        self.assertRegex(first, r"^4/4 \[=+\] .* - loss: 1.0000$")
        self.assertRegex(second, r"^4/4 \[=+\] - 0s \d+[um]?s/step$")

    def test_silence(self):
        with _moments(verbose=0) as moments:
            moments.on_train_begin()
            moments.on_epoch_begin(0)
            moments.on_block("train", 0, 3, {"loss": 1.0})
            moments.on_epoch_end(0, {"loss": 1.0})
        self.assertEqual(moments.text.getvalue(), "")

    def test_counts_samples_where_they_are_known(self):
        logger = ProgbarLogger("samples")
        logger.set_model(ToyModel())
        logger.set_params({"verbose": 1, "epochs": 1, "samples": 6})
        with contextlib.redirect_stdout(io.StringIO()) as output:
            logger.on_train_begin()
            logger.on_epoch_begin(0)
            for batch in range(3):
                logger.on_train_batch_end(batch, {"size": 2})
            logger.on_epoch_end(0)
        self.assertRegex(output.getvalue(), r"^6/6 .*s/sample\n$")

    def test_refuses_an_unknown_count(self):
        with self.assertRaisesRegex(ValueError, "count_mode"):
            ProgbarLogger("epochs")


if __name__ == "__main__":
    tf.test.main()
