"""Tests of refreshing an embedding."""

import threading
from unittest import mock

import tensorflow as tf

from tf_keras.src.callbacks.update_embedding import UpdateEmbeddingCallback


class UpdateEmbeddingTest(tf.test.TestCase):
    def test_updates_while_training_runs(self):
        updated = threading.Event()
        layer = mock.Mock()
        layer.update_embeddings = lambda strategy: updated.set()
        callback = UpdateEmbeddingCallback(layer, interval=0.001)
        callback.on_epoch_begin(0)
        self.assertTrue(updated.wait(10))
        callback.on_train_end()
        callback.thread.join(10)
        self.assertFalse(callback.is_alive())


if __name__ == "__main__":
    tf.test.main()
