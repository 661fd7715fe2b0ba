"""Tests of logs in a file."""

import os

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.csv_logger import CSVLogger
from tf_keras.src.testing.toy_model import run


class CSVLoggerTest(tf.test.TestCase):
    def setUp(self):
        super().setUp()
        self.path = os.path.join(self.get_temp_dir(), "log.csv")

    def _text(self):
        with open(self.path, encoding="utf-8") as file:
            return file.read()

    def test_writes_a_line_an_epoch(self):
        run([CSVLogger(self.path)], [1, 2])
        self.assertEqual(
            self._text(), "epoch,loss,val_loss\n0,1.0,1.0\n1,2.0,2.0\n"
        )

    def test_appends_without_a_second_header(self):
        run([CSVLogger(self.path, separator=";")], [1])
        run([CSVLogger(self.path, separator=";", append=True)], [2])
        self.assertEqual(
            self._text(), "epoch;loss;val_loss\n0;1.0;1.0\n0;2.0;2.0\n"
        )

    def test_appended_values_stand_under_the_old_header(self):
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("epoch,val_loss,old\n")
        run([CSVLogger(self.path, append=True)], [{"loss": 1, "val_loss": 2}])
        self.assertEqual(self._text(), "epoch,val_loss,old\n0,2,NA\n")

    def test_a_missing_value_is_na(self):
        run([CSVLogger(self.path)], [{"loss": 1}, {"loss": 2, "val_loss": 3}])
        self.assertEqual(self._text(), "epoch,loss,val_loss\n0,1,NA\n1,2,3\n")

    def test_arrays_stand_in_brackets(self):
        run([CSVLogger(self.path)], [{"a": np.array([1, 2]), "val_b": 0}])
        self.assertEqual(self._text(), 'epoch,a,val_b\n0,"""[1, 2]""",0\n')

    def test_each_line_is_written_at_once(self):
        logger = CSVLogger(self.path)
        logger.on_train_begin()
        logger.on_epoch_end(0, {"loss": 1, "val_loss": 1})
        self.assertIn("0,1,1", self._text())
        logger.on_train_end()


if __name__ == "__main__":
    tf.test.main()
