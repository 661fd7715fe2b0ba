"""ReduceLROnPlateau: lowers the rate when a value stalls."""

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.learning_rate import read_rate, set_rate
from tf_keras.src.callbacks.monitored_value import (
    comparison,
    missing,
    worst,
)
from tf_keras.src.foundation.messages import print_msg, warn


class ReduceLROnPlateau(Callback):
    """Lowers the learning rate when a value has stopped improving.

    Adds the rate to the epoch's logs as `lr`.

    Args:
        monitor: Name of the value in the epoch's logs.
        factor: What the rate is multiplied with, below 1.
        patience: Epochs without improvement before the rate is lowered.
        verbose: 1 to say when it is.
        mode: "min", "max", or "auto": more is better for names with "acc".
        min_delta: How much a change must be to count.
        cooldown: Epochs after a change in which nothing is counted.
        min_lr: The lowest rate.
        **kwargs: For old programs: `epsilon`, another name of `min_delta`.

    Raises:
        ValueError: If `factor` is not below 1.
    """

    def __init__(
        self,
        monitor="val_loss",
        factor=0.1,
        patience=10,
        verbose=0,
        mode="auto",
        min_delta=1e-4,
        cooldown=0,
        min_lr=0,
        **kwargs,
    ):
        super().__init__()
        if factor >= 1.0:
            raise ValueError(
                "`factor` of ReduceLROnPlateau must be below 1. Received "
                f"{factor}."
            )
        if "epsilon" in kwargs:
            min_delta = kwargs.pop("epsilon")
            warn("ReduceLROnPlateau: `epsilon` is old; use `min_delta`.")
        if kwargs:
            warn(
                f"ReduceLROnPlateau ignores unknown arguments: {list(kwargs)}."
            )
        self.monitor = monitor
        self.factor = factor
        self.min_lr = min_lr
        self.min_delta = min_delta
        self.patience = patience
        self.verbose = verbose
        self.cooldown = cooldown
        self.mode = mode
        self._compare = comparison("ReduceLROnPlateau", mode, "acc" in monitor)
        self._reset()

    def _reset(self):
        self.cooldown_counter = 0
        self.wait = 0
        self.best = worst(self._compare)

    def monitor_op(self, value, best):
        """Whether a value is better than the best by `min_delta`."""
        sign = 1 if self._compare(1, 0) else -1
        return self._compare(value, best + sign * self.min_delta)

    def on_train_begin(self, logs=None):
        """Forgets earlier runs."""
        self._reset()

    def on_epoch_end(self, epoch, logs=None):
        """Looks at the epoch's value, and lowers the rate if it stalls."""
        logs = logs if logs is not None else {}
        rate = logs["lr"] = read_rate(self.model, "ReduceLROnPlateau")
        current = logs.get(self.monitor)
        if current is None:
            missing("ReduceLROnPlateau", self.monitor, logs)
            return
        if self.in_cooldown():
            self.cooldown_counter -= 1
            self.wait = 0
        if self.monitor_op(current, self.best):
            self.best = current
            self.wait = 0
        elif not self.in_cooldown():
            self.wait += 1
            if self.wait >= self.patience and rate > self.min_lr:
                self._lower(epoch, rate)

    def _lower(self, epoch, rate):
        rate = max(rate * self.factor, self.min_lr)
        set_rate(self.model, rate)
        if self.verbose > 0:
            print_msg(
                f"\nEpoch {epoch + 1}: ReduceLROnPlateau reducing learning "
                f"rate to {rate}."
            )
        self.cooldown_counter = self.cooldown
        self.wait = 0

    def in_cooldown(self):
        """Whether the last change was too recent to count anything."""
        return self.cooldown_counter > 0

    def _get_state(self):
        """What a resumed run must know."""
        return {
            "best": self.best,
            "wait": self.wait,
            "cooldown_counter": self.cooldown_counter,
        }

    def _set_state(self, state):
        vars(self).update(state)
