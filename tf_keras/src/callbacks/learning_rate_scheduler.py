"""LearningRateScheduler: sets the rate from a function of the epoch."""

import inspect

import numpy as np
import tensorflow as tf

from tf_keras.src.callbacks.callback import Callback
from tf_keras.src.callbacks.learning_rate import read_rate, set_rate
from tf_keras.src.foundation.messages import print_msg


class LearningRateScheduler(Callback):
    """Sets the learning rate at the beginning of each epoch.

    Adds the rate to the epoch's logs as `lr`.

    Args:
        schedule: A function of the epoch (an integer from 0) and the current
            rate, or of the epoch alone, that returns the rate as a float.
        verbose: 1 to say what the rate is set to.

    Raises:
        ValueError: In training, if the function returns anything else.

    Example:

    >>> halving = LearningRateScheduler(lambda epoch, rate: rate / 2)
    """

    def __init__(self, schedule, verbose=0):
        super().__init__()
        self.schedule = schedule
        self.verbose = verbose

    def on_epoch_begin(self, epoch, logs=None):
        """Sets the rate."""
        current = float(read_rate(self.model, "LearningRateScheduler"))
        rate = self._scheduled(epoch, current)
        is_tensor = isinstance(rate, tf.Tensor) and rate.dtype.is_floating
        if not is_tensor and not isinstance(rate, (float, np.floating)):
            raise ValueError(
                "The schedule of LearningRateScheduler must return a float. "
                f"Received {rate!r} for epoch {epoch}."
            )
        rate = float(rate)
        set_rate(self.model, rate)
        if self.verbose > 0:
            print_msg(
                f"\nEpoch {epoch + 1}: LearningRateScheduler setting learning "
                f"rate to {rate}."
            )

    def _scheduled(self, epoch, current):
        try:
            inspect.signature(self.schedule).bind(epoch, current)
        except TypeError:  # It takes the epoch alone.
            return self.schedule(epoch)
        except ValueError:  # Built-in functions may hide their signature.
            pass
        return self.schedule(epoch, current)

    def on_epoch_end(self, epoch, logs=None):
        """Adds the rate to the logs."""
        if logs is not None:
            logs["lr"] = read_rate(self.model, "LearningRateScheduler")
