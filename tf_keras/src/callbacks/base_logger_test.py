"""Tests of averaging logs."""

import tensorflow as tf

from tf_keras.src.callbacks.base_logger import BaseLogger


class BaseLoggerTest(tf.test.TestCase):
    def _averaged(self, stateful=None):
        logger, logs = BaseLogger(stateful), {}
        logger.set_params({"metrics": ["loss"]})
        logger.on_epoch_begin(0)
        logger.on_batch_end(0, {"loss": 1.0, "size": 2})
        logger.on_batch_end(1, {"loss": 4.0, "size": 1})
        logger.on_epoch_end(0, logs)
        return logs

    def test_averages_by_size(self):
        self.assertEqual(self._averaged(), {"loss": 2.0})

    def test_keeps_what_is_an_average_already(self):
        self.assertEqual(self._averaged(["loss"]), {"loss": 4.0})


if __name__ == "__main__":
    tf.test.main()
