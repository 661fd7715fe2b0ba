"""BaseLogger: averages logs over an epoch."""

from tf_keras.src.callbacks.callback import Callback


class BaseLogger(Callback):
    """Averages the logs of batches, weighted by their size, for the epoch.

    Args:
        stateful_metrics: Names of values that are averages already: the last
            one is kept.
    """

    def __init__(self, stateful_metrics=None):
        super().__init__()
        self.stateful_metrics = set(stateful_metrics or ())

    def on_epoch_begin(self, epoch, logs=None):
        """Forgets the last epoch."""
        self.seen = 0
        self.totals = {}

    def on_batch_end(self, batch, logs=None):
        """Adds a batch."""
        logs = logs or {}
        size = logs.get("size", 0)
        # A call may have run several batches.
        size *= logs.get("num_steps", 1)
        self.seen += size
        for name, value in logs.items():
            if name in self.stateful_metrics:
                self.totals[name] = value
            else:
                self.totals[name] = self.totals.get(name, 0) + value * size

    def on_epoch_end(self, epoch, logs=None):
        """Puts the averages into the epoch's logs."""
        if logs is None:
            return
        for name in self.params["metrics"]:
            if name in self.totals:
                value = self.totals[name]
                is_done = name in self.stateful_metrics or not self.seen
                logs[name] = value if is_done else value / self.seen
