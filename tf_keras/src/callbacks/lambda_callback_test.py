"""Tests of callbacks from functions."""

import tensorflow as tf

from tf_keras.src.callbacks.lambda_callback import LambdaCallback
from tf_keras.src.testing.toy_model import run


class LambdaCallbackTest(tf.test.TestCase):
    def test_calls_functions(self):
        seen = []
        callback = LambdaCallback(
            on_train_begin=lambda logs: seen.append("begin"),
            on_batch_end=lambda batch, logs: seen.append(batch),
            on_epoch_end=lambda epoch, logs: seen.append(logs["loss"]),
            on_train_end=lambda logs: seen.append("end"),
        )
        run([callback], [5], steps=2)
        self.assertEqual(seen, ["begin", 0, 1, 5.0, "end"])


if __name__ == "__main__":
    tf.test.main()
