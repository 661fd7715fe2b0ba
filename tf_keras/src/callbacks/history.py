"""History: keeps the logs of every epoch."""

from tf_keras.src.callbacks.callback import Callback


class History(Callback):
    """Keeps the logs of every epoch; `fit` returns one.

    Attributes:
        history: Dict from each name in the logs to the list of its values, an
            item an epoch.
        epoch: List of the epochs' numbers.
    """

    def __init__(self):
        super().__init__()
        self.history = {}

    def on_train_begin(self, logs=None):
        """Starts the list of epochs."""
        self.epoch = []

    def on_epoch_end(self, epoch, logs=None):
        """Keeps the epoch's logs."""
        self.epoch.append(epoch)
        for name, value in (logs or {}).items():
            self.history.setdefault(name, []).append(value)
        # Also for a History that the user passed beside the model's own.
        self.model.history = self

    def __getstate__(self):
        # A history outlives its model, and is pickled and copied without it.
        return {**self.__dict__, "model": None}
