"""UpdateEmbeddingCallback: refreshes a dynamic embedding."""

import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.foundation.timed_thread import TimedThread


class UpdateEmbeddingCallback(TimedThread, Callback):
    """Updates the vocabulary of a `DynamicEmbedding` while training runs.

    A thread does it at intervals, from the first epoch to the end of training.

    Args:
        dynamic_embedding_layer: The layer.
        interval: Time between two updates, in seconds.
    """

    def __init__(self, dynamic_embedding_layer, interval):
        Callback.__init__(self)
        TimedThread.__init__(self, interval)
        self._layer = dynamic_embedding_layer
        self._strategy = tf.distribute.get_strategy()

    def on_interval(self):
        """Lets the layer take in the words it has seen."""
        self._layer.update_embeddings(self._strategy)

    def on_epoch_begin(self, epoch, logs=None):
        """Starts the thread, if it doesn't run."""
        if not self.is_alive():
            self.start()

    def on_train_end(self, logs=None):
        """Ends the thread."""
        self.stop()

    def _abandon(self):
        self.stop()
