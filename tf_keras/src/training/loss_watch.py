"""Warns when the loss is no number any more."""

import math

import tensorflow as tf

from tf_keras.src.foundation.messages import warn


class LossWatch:
    """Looks at the loss after each call; warns once in a run."""

    def __init__(self):
        self._has_warned = False

    def look(self, logs, epoch, step):
        """Warns if the loss in logs is NaN or infinite, the first time.

        Args:
            logs: What a step returned.
            epoch: Number of the epoch, from 0.
            step: Number of the last batch of it that was run, from 0.
        """
        if self._has_warned:
            return
        loss = logs.get("loss") if isinstance(logs, dict) else logs
        if not _is_plain_number(loss) or math.isfinite(float(loss)):
            return
        self._has_warned = True
        warn(
            f"The loss is {float(loss)} in epoch {epoch + 1}, at batch "
            f"{step + 1} or just before. Weights may be NaN from here on. "
            "Look for a learning rate that is too high, values in the data "
            "that are NaN, or a logarithm of 0. `callbacks.TerminateOnNaN` "
            "stops training at that point."
        )


def _is_plain_number(value):
    if isinstance(value, float):
        return True
    return (
        isinstance(value, tf.Tensor)
        and value.dtype.is_floating
        and value.shape.rank == 0
    )
