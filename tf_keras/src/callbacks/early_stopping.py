"""EarlyStopping: stops when a value stops improving."""

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.monitored_value import (
    comparison,
    missing,
    worst,
)
from tf_keras.src.foundation.messages import print_msg


class EarlyStopping(Callback):
    """Stops training when a value has stopped improving.

    Args:
        monitor: Name of the value in the epoch's logs.
        min_delta: How much a change must be to count.
        patience: Epochs without improvement before training stops.
        verbose: 1 to say what happens.
        mode: "min", "max", or "auto": more is better for names that end in
            "acc", "accuracy" or "auc".
        baseline: A value to be beaten: epochs that don't reach it count as
            without improvement.
        restore_best_weights: Whether the model gets the weights of its best
            epoch when training ends, stopped by this callback or not.
        start_from_epoch: Epochs before this one are not looked at.

    Example:

    >>> callback = EarlyStopping(monitor="loss", patience=3)
    """

    def __init__(
        self,
        monitor="val_loss",
        min_delta=0,
        patience=0,
        verbose=0,
        mode="auto",
        baseline=None,
        restore_best_weights=False,
        start_from_epoch=0,
    ):
        super().__init__()
        self.monitor = monitor
        self.patience = patience
        self.verbose = verbose
        self.baseline = baseline
        self.wait = 0
        self.stopped_epoch = 0
        self.restore_best_weights = restore_best_weights
        self.best_weights = None
        self.start_from_epoch = start_from_epoch
        grows = monitor.endswith(("acc", "accuracy", "auc"))
        self.monitor_op = comparison("EarlyStopping", mode, grows)
        sign = 1 if self.monitor_op(1, 0) else -1
        self.min_delta = sign * abs(min_delta)

    def on_train_begin(self, logs=None):
        """Forgets earlier runs."""
        self.wait = 0
        self.stopped_epoch = 0
        self.best = worst(self.monitor_op)
        self.best_weights = None
        self.best_epoch = 0

    def on_epoch_end(self, epoch, logs=None):
        """Compares the epoch's value with the best so far."""
        current = self.get_monitor_value(logs)
        if current is None or epoch < self.start_from_epoch:
            return
        if self.restore_best_weights and self.best_weights is None:
            # Even if no value is ever better than infinity, as NaN is not.
            self._keep_weights(epoch)
        self.wait += 1
        if self._is_better(current, self.best):
            self.best = current
            self.best_epoch = epoch
            if self.restore_best_weights:
                self._keep_weights(epoch)
            if self.baseline is None or self._is_better(current, self.baseline):
                self.wait = 0
            return
        if self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def on_train_end(self, logs=None):
        """Says that training was stopped, and brings the best weights back."""
        if self.stopped_epoch > 0 and self.verbose:
            print_msg(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.restore_best_weights and self.best_weights is not None:
            if self.verbose:
                print_msg(
                    "Restoring model weights from the end of the best epoch: "
                    f"{self.best_epoch + 1}."
                )
            self.model.set_weights(self.best_weights)

    def get_monitor_value(self, logs):
        """Returns the monitored value, or None with a warning."""
        logs = logs or {}
        if self.monitor not in logs:
            missing("EarlyStopping", self.monitor, logs)
        return logs.get(self.monitor)

    def _keep_weights(self, epoch):
        self.best_epoch = epoch
        self.best_weights = self.model.get_weights()

    def _is_better(self, value, reference):
        return self.monitor_op(value - self.min_delta, reference)

    def _get_state(self):
        """What a resumed run must know."""
        return {
            "wait": self.wait,
            "best": self.best,
            "best_epoch": self.best_epoch,
            "best_weights": self.best_weights,
        }

    def _set_state(self, state):
        vars(self).update(state)
